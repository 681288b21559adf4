using Lime.Core.Hosting;

namespace Lime.Benchmarks.Migration;

/// <summary>A controller's loop and its switches', both in virtual time, in step.</summary>
/// <remarks>Their clocks go on, a millisecond at a time, when neither has anything to do. Threading: the caller's
/// thread.</remarks>
internal sealed class SteppedLoops : IDisposable
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(1);

    public EventLoop Controller { get; } = EventLoop.CreateManual();

    public EventLoop Switches { get; } = EventLoop.CreateManual();

    /// <summary>Called before the controller's turns.</summary>
    public Action? TurnBegins { get; set; }

    /// <summary>Called behind each turn of the controller.</summary>
    public Action? TurnEnded { get; set; }

    /// <summary>Runs both until something holds, or for so long of their time.</summary>
    /// <returns>Whether it holds.</returns>
    public bool Run(Func<bool> until, TimeSpan timeMax)
    {
        for (TimeSpan passed = TimeSpan.Zero; passed <= timeMax;)
        {
            if (until()) return true;
            TurnBegins?.Invoke();
            bool isBusy = RunDue(Controller, TurnEnded);
            isBusy |= RunDue(Switches, null);
            if (isBusy) continue;
            TurnBegins?.Invoke();
            Controller.RunFor(Step);
            TurnEnded?.Invoke();
            Switches.RunFor(Step);
            passed += Step;
        }
        return until();
    }

    /// <summary>Runs both for so long.</summary>
    public void RunFor(TimeSpan time) => Run(static () => false, time);

    public void Dispose()
    {
        Controller.Dispose();
        Switches.Dispose();
    }

    /// <returns>Whether there was anything to do.</returns>
    private static bool RunDue(EventLoop loop, Action? turnEnded)
    {
        // Asked before the first turn, after each that did something, and when one has done nothing.
        int asked = 0;
        loop.Run(
            () =>
            {
                if (asked++ > 0) turnEnded?.Invoke();
                return false;
            },
            TimeSpan.Zero);
        return asked > 2;
    }
}
