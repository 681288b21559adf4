using System.Globalization;

namespace Lime.Benchmarks.Reports;

/// <summary>Numbers as the tables show them.</summary>
internal static class Numbers
{
    /// <summary>With commas between thousands.</summary>
    public static string Whole(double value) => value.ToString("N0", CultureInfo.InvariantCulture);

    public static string Fixed(double value, int digits) =>
        !double.IsFinite(value) ? "-" : value.ToString("F" + digits, CultureInfo.InvariantCulture);

    public static string Percent(double share) => Fixed(share * 100, 1) + " %";

    public static string Mebibytes(double bytes) => Fixed(bytes / (1024 * 1024), 1);
}
