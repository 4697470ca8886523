using ClvOrleans.Valuation.Jobs;

namespace ClvOrleans.Server.Api.Replies;

/// <summary>Jobs of the store.</summary>
/// <param name="Jobs">The latest first, without their results.</param>
internal sealed record JobList(IReadOnlyList<JobRecord> Jobs);
