namespace ClvOrleans.Server.Api;

/// <summary>Who asks for an arm.</summary>
/// <param name="Customer">A user id; or <paramref name="Visitor"/>.</param>
/// <param name="Visitor">An anonymous id.</param>
/// <param name="Expose">
/// Whether the arm is shown now, so that the unit counts from now on. Default true; false only looks, and keeps nothing.
/// </param>
internal sealed record AssignmentBody(string? Customer = null, string? Visitor = null, bool Expose = true);
