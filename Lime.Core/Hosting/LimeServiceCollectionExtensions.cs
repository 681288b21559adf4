using Lime.Core.Apps;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Lime.Core.Hosting;

/// <summary>Puts Lime into a dependency injection container.</summary>
public static class LimeServiceCollectionExtensions
{
    /// <summary>Adds a controller: one <see cref="LimeController"/>, with every <see cref="IControllerApp"/>
    /// that is registered, in order of registration, and its
    /// <see cref="Migration.IEnsembleManager"/>.</summary>
    /// <param name="services">The container's services.</param>
    /// <param name="options">How it runs.</param>
    /// <returns>The same services.</returns>
    /// <remarks>The controller listens from <see cref="LimeController.Start"/> on; the container disposes
    /// it.</remarks>
    /// <exception cref="ArgumentException">An option is out of range, or the network is not
    /// sound.</exception>
    public static IServiceCollection AddLime(this IServiceCollection services, LimeOptions options)
    {
        options.Validate();
        services.AddSingleton(options);
        services.AddSingleton(provider => new LimeController(
            provider.GetRequiredService<LimeOptions>(),
            provider.GetServices<IControllerApp>(),
            provider.GetService<ILoggerFactory>()));
        services.AddSingleton(provider => provider.GetRequiredService<LimeController>().Ensembles);
        return services;
    }

    /// <summary>Adds an app behind those added before.</summary>
    /// <returns>The same services.</returns>
    public static IServiceCollection AddLimeApp<
        [System.Diagnostics.CodeAnalysis.DynamicallyAccessedMembers(
            System.Diagnostics.CodeAnalysis.DynamicallyAccessedMemberTypes.PublicConstructors)] TApp>(
        this IServiceCollection services)
        where TApp : class, IControllerApp => services.AddSingleton<IControllerApp, TApp>();
}
