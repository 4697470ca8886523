using System.Formats.Tar;
using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ClvOrleans.Server.Tests.Storage;

/// <summary>A data folder of an older version opens with everything in it, and answers as it did.</summary>
public sealed class UpgradeTests
{
    // Names that have changed on purpose since.
    private static readonly Dictionary<string, string> Renamed =
        new(StringComparer.Ordinal) { ["expectedOrders"] = "expectedPurchaseDays" };

    [Fact]
    public async Task A_folder_of_an_older_version_answers_as_it_did()
    {
        var fixtures = SharedData.Find(Path.Combine("fixtures", "upgrade"));
        var folder = ClvProcess.NewFolder();
        await using (var archive = new GZipStream(File.OpenRead(Path.Combine(fixtures, "data-fb7283c.tar.gz")), CompressionMode.Decompress))
        {
            await TarFile.ExtractToDirectoryAsync(archive, folder, overwriteFiles: true);
        }

        await using (var clv = await ClvInProcess.ServeAsync(folder))
        {
            foreach (var file in Directory.GetFiles(fixtures, "clv-*.json"))
            {
                var customer = Path.GetFileNameWithoutExtension(file)["clv-".Length..];
                var answer = await clv.ClvAsync(customer, "?asOf=1998-06-30&horizon=39w");
                Same(JsonNode.Parse(await File.ReadAllTextAsync(file))!, JsonNode.Parse(answer.GetRawText())!, customer);
            }

            var letters = await clv.Http.GetStringAsync("api/v1/dead-letters");
            Assert.Equal(1, JsonDocument.Parse(letters).RootElement.GetProperty("letters").GetArrayLength());
            var market = await clv.Http.GetStringAsync("api/v1/market");
            Assert.Contains("\"id\"", market, StringComparison.Ordinal);
            var stores = JsonDocument.Parse(await clv.Http.GetStringAsync("api/v1/stores")).RootElement.GetProperty("stores");
            Assert.Equal(64, stores[0].GetProperty("shards").GetInt32());
            Assert.Equal(0, await clv.StopAsync());
        }

        var check = await ClvInProcess.RunAsync("check", "--data", folder);
        Assert.True(check.ExitCode == 0, check.Output);
    }

    // Since the figures of an answer are of one distribution (ADR 25), an ensemble that was kept before says these anew.
    private static readonly string[] OfOneDistribution =
    [
        "expectedOrders", "probabilityAlive", "churnProbability", "probabilityOfNoOrder", "nextOrderInDays", "nextOrderOn", "segment",
        "lifecycle",
    ];

    private static void Same(JsonNode? expected, JsonNode? actual, string path)
    {
        if (expected is JsonObject members)
        {
            foreach (var (name, value) in members)
            {
                var now = Renamed.TryGetValue(name, out var other) && actual![other] is not null ? other : name;
                if (!OfOneDistribution.Contains(name))
                {
                    Same(value, actual![now], $"{path}.{now}");
                }
            }
        }
        else if (expected is JsonArray items)
        {
            Assert.Equal(items.Count, actual!.AsArray().Count);
            for (var i = 0; i < items.Count; i++)
            {
                Same(items[i], actual[i], $"{path}[{i}]");
            }
        }
        else
        {
            Assert.True(
                JsonNode.DeepEquals(expected, actual),
                $"{path}: {expected?.ToJsonString()} was expected, and is {actual?.ToJsonString()}.");
        }
    }
}
