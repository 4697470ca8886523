namespace ClvOrleans.Reports.Noise;

/// <summary>How a table was made private.</summary>
/// <param name="Release">The release that it is of.</param>
/// <param name="Figures">Its figures.</param>
public sealed record TableNoise(ReportRelease Release, ReleasedFigures Figures);
