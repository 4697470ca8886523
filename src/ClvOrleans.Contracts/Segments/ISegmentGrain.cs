namespace ClvOrleans.Contracts.Segments;

/// <summary>A store's segments: merges its shards and cuts the tiers.</summary>
[Alias("clv.segmentgrain")]
public interface ISegmentGrain : IGrainWithStringKey
{
    /// <summary>The report, at most a second old.</summary>
    [Alias("report")]
    Task<SegmentReport> ReportAsync();
}
