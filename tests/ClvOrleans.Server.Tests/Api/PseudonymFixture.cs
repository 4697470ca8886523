namespace ClvOrleans.Server.Tests.Api;

/// <summary>A running service whose store keeps people under pseudonyms.</summary>
public sealed class PseudonymFixture : ClvFixture
{
    protected override string? Settings => """{ "writeKeys": { "WK": "web" }, "pseudonyms": true }""";
}
