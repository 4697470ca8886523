namespace ClvOrleans.Reliability.Tests.Running;

/// <summary>What a service makes of its folder.</summary>
/// <param name="IsReady">Whether it serves.</param>
/// <param name="HasEnded">Whether the process has ended.</param>
/// <param name="Text">What it said: the answer of /health/ready, or its output.</param>
internal sealed record Verdict(bool IsReady, bool HasEnded, string Text);
