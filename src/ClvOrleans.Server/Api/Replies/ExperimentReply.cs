using ClvOrleans.Policies.Experiments;

namespace ClvOrleans.Server.Api.Replies;

/// <summary>An experiment.</summary>
/// <param name="Definition">Its definition.</param>
/// <param name="State">Draft, Running or Stopped.</param>
/// <param name="Revision">Counts its changes.</param>
/// <param name="Forecast">What it needs and can find, as foreseen when it was defined.</param>
/// <param name="Problem">Why it has no power, and what to do; null where it has. Only a preview has none.</param>
/// <param name="DefinedAt">When it was defined.</param>
/// <param name="StartedAt">When it began to expose.</param>
/// <param name="StoppedAt">When it was stopped.</param>
/// <param name="Reading">The address of its reading.</param>
internal sealed record ExperimentReply(
    Experiment Definition, ExperimentState State, int Revision, ExperimentForecast Forecast, string? Problem, DateTimeOffset DefinedAt,
    DateTimeOffset? StartedAt, DateTimeOffset? StoppedAt, string Reading)
{
    /// <summary>The reply of what is kept.</summary>
    public static ExperimentReply Of(ExperimentRecord record) => new(
        record.Definition, record.State, record.Revision, record.Forecast, record.Forecast.Problem(record.Definition), record.DefinedAt,
        record.StartedAt, record.StoppedAt, $"/api/v1/experiments/{record.Definition.Id}/reading");
}
