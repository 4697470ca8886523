namespace ClvOrleans.Server.Tests.Api;

/// <summary>A store that tells of groups of five customers or more.</summary>
public sealed class SmallestGroupFixture : ClvFixture
{
    protected override string? Settings => """{ "writeKeys": { "WK": "web" }, "smallestGroup": 5 }""";
}
