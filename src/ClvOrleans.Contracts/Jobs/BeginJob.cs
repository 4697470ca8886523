using ClvOrleans.Valuation.Jobs;

namespace ClvOrleans.Contracts.Jobs;

/// <summary>
/// Asks for a job: what is asked of it as JSON, in the form of its kind. Where <see cref="Waits"/>, it waits for those before it; where an
/// equal request has not ended yet, that job is the answer.
/// </summary>
[Immutable, GenerateSerializer, Alias("clv.beginjob")]
public sealed record BeginJob(
    [property: Id(0)] JobKind Kind, [property: Id(1)] string Subject, [property: Id(2)] string Request,
    [property: Id(3)] bool Waits = false);
