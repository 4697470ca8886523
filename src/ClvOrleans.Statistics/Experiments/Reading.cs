namespace ClvOrleans.Statistics.Experiments;

/// <summary>When the result of an experiment is read.</summary>
public enum Reading
{
    /// <summary>Once, at the planned size.</summary>
    Once,

    /// <summary>At any time and as often as one likes, by a confidence sequence. It takes about twice the units.</summary>
    AnyTime,
}
