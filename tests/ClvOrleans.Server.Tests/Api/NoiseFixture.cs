namespace ClvOrleans.Server.Tests.Api;

/// <summary>A store with noise, of which there is little.</summary>
public sealed class NoiseFixture : ClvFixture
{
    protected override string? Settings => """
        {
          "writeKeys": { "WK": "web" },
          "noise": { "epsilon": 10, "bound": 200, "delta": 0.001, "tables": ["lifecycle", "month", "channel"] }
        }
        """;
}
