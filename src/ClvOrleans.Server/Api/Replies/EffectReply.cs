using ClvOrleans.Statistics.Experiments;

namespace ClvOrleans.Server.Api.Replies;

/// <summary>An effect: treated less control, in units of the metric.</summary>
/// <param name="Estimate">The estimate.</param>
/// <param name="Lower">Lower bound of its interval; null where nothing bounds it.</param>
/// <param name="Upper">Upper bound of its interval; null where nothing bounds it.</param>
/// <param name="PValue">Probability of such data without any effect, 0 to 1.</param>
/// <param name="StandardError">Standard error; null of a confidence sequence.</param>
/// <param name="Statistic">The test's statistic, z or t; null of a confidence sequence.</param>
internal sealed record EffectReply(
    double Estimate, double? Lower, double? Upper, double PValue, double? StandardError = null, double? Statistic = null)
{
    /// <summary>An effect by one look.</summary>
    public static EffectReply? Of(Effect? effect) => effect is null ? null : new EffectReply(
        effect.Estimate, Finite(effect.Interval.Lower), Finite(effect.Interval.Upper), effect.PValue, effect.StandardError,
            Finite(effect.Statistic));

    /// <summary>An effect by a confidence sequence.</summary>
    public static EffectReply? Of(AnytimeEffect? effect) => effect is null ? null : new EffectReply(
        effect.Estimate, Finite(effect.Interval.Lower), Finite(effect.Interval.Upper), effect.PValue);

    internal static double? Finite(double value) => double.IsFinite(value) ? value : null;
}
