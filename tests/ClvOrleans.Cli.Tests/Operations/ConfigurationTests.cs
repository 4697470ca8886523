namespace ClvOrleans.Cli.Tests.Operations;

/// <summary>Mistakes in the environment, of either engine.</summary>
public sealed class ConfigurationTests
{
    private static readonly string[] Mistaken =
    [
        "Shards__Page=abc", "Shards__Pgae=250", "Jobs__AtOnce=0", "Http__IdleTimeout=soon", "Email__Security=Maybe",
        "OTEL_EXPORTER_OTLP_ENDPOINT=collector", "OTEL_EXPORTER_OTLP_PROTOCOL=json",
    ];

    [Theory]
    [InlineData("")]
    [InlineData("Host=127.0.0.1;Port=1;Username=clv;Database=clv")] // Nobody is there: the configuration is looked at first.
    public async Task Every_mistake_is_listed_at_once_and_nothing_is_made(string postgres)
    {
        var folder = Path.Combine(ClvProcess.NewFolder(), "store");
        var (status, output, error) = await ClvProcess.RunWithAsync(
            [.. Mistaken, $"CLV_POSTGRES={postgres}"], "serve", "--data", folder, "--urls", "http://127.0.0.1:0");
        Assert.Equal((1, ""), (status, output));
        Assert.Equal(
            """
            The configuration has 7 mistakes:
              Email__Security: 'Maybe' is not one of StartTls, Tls, None.
              Http__IdleTimeout: 'soon' is not a duration such as 00:00:10 or 1.00:00:00.
              Jobs__AtOnce: The field AtOnce must be between 1 and 64.
              Shards__Page: 'abc' is not a whole number.
              Shards__Pgae: there is no such option; Shards has Page.
              OTEL_EXPORTER_OTLP_ENDPOINT: 'collector' is not an address such as http://127.0.0.1:4318.
              OTEL_EXPORTER_OTLP_PROTOCOL: 'json' is neither grpc nor http/protobuf.

            """,
            error);
        Assert.False(File.Exists(Path.Combine(folder, "clv.db")));
    }

    [Fact]
    public async Task The_doctor_names_them_too()
    {
        var (status, output, _) = await ClvProcess.RunWithAsync(
            Mistaken, "doctor", "--data", ClvProcess.NewFolder(), "--urls", "http://127.0.0.1:1");
        Assert.Equal(1, status);
        Assert.Equal(7, output.Split('\n').Count(line => line.StartsWith("WRONG  configuration: ", StringComparison.Ordinal)));
    }
}
