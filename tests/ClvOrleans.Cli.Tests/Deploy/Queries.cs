using System.Text.Json;
using YamlDotNet.RepresentationModel;

namespace ClvOrleans.Cli.Tests.Deploy;

/// <summary>What alerts and the dashboard ask Prometheus for.</summary>
internal static class Queries
{
    public static string Folder { get; } = Path.Combine(SharedData.Root(), "deploy", "prometheus");

    /// <summary>Alerts and their expressions.</summary>
    public static IReadOnlyList<(string Name, string Query)> Alerts { get; } =
    [
        .. ((YamlSequenceNode)((YamlSequenceNode)Read("alerts.yml")["groups"]).Single()["rules"])
            .Select(r => (Text(r["alert"]), Text(r["expr"]))),
    ];

    /// <summary>Queries of the dashboard's panels.</summary>
    public static IReadOnlyList<(string Panel, string Query)> Dashboard { get; } = ReadDashboard();

    /// <summary>A YAML file beside the alerts.</summary>
    public static YamlNode Read(string file)
    {
        using var reader = File.OpenText(Path.Combine(Folder, file));
        var yaml = new YamlStream();
        yaml.Load(reader);
        return yaml.Documents[0].RootNode;
    }

    public static string Text(YamlNode node) => ((YamlScalarNode)node).Value!;

    private static (string, string)[] ReadDashboard()
    {
        using var dashboard = JsonDocument.Parse(
            File.ReadAllText(Path.Combine(SharedData.Root(), "deploy", "grafana", "dashboards", "clvorleans.json")));
        return
        [
            .. dashboard.RootElement.GetProperty("panels").EnumerateArray().SelectMany(p => p.GetProperty("targets").EnumerateArray()
                .Select(t => (p.GetProperty("title").GetString()!, t.GetProperty("expr").GetString()!))),
        ];
    }
}
