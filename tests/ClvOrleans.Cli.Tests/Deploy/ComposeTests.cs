using System.Globalization;
using System.Text.RegularExpressions;
using ClvOrleans.Server.Hosting;
using ClvOrleans.Server.Stores;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using YamlDotNet.RepresentationModel;

namespace ClvOrleans.Cli.Tests.Deploy;

/// <summary>docker-compose.yml against the image and the service that it names.</summary>
public sealed partial class ComposeTests
{
    private static readonly YamlMappingNode Root = Read();
    private static readonly Dockerfile Dockerfile = Dockerfile.Read(
        Path.Combine(SharedData.Root(), Text(Of("silo-1", "build")["dockerfile"])));

    public static TheoryData<string> Silos => ["silo-1", "silo-2"];

    [Fact]
    public void It_starts_a_database_two_silos_a_proxy_and_what_watches_them() => Assert.Equal(
        ["postgres", "silo-1", "silo-2", "proxy", "prometheus", "grafana"], ((YamlMappingNode)Root["services"]).Children.Keys.Select(Text));

    [Fact]
    public void Ports_are_published_on_this_machine_only() => Assert.All(
        ((YamlMappingNode)Root["services"]).Children.Values.OfType<YamlMappingNode>().Where(s => s.Children.ContainsKey("ports"))
            .SelectMany(s => Texts(s["ports"])),
        port => Assert.StartsWith("127.0.0.1:", port, StringComparison.Ordinal));

    [Fact]
    public void The_proxy_knows_both_silos_by_the_images_port()
    {
        var proxy = File.ReadAllText(Path.Combine(SharedData.Root(), "deploy", "nginx.conf"));
        Assert.All(Silos, s => Assert.Contains($"server {s.Data}:{Dockerfile.Of("EXPOSE")} ", proxy, StringComparison.Ordinal));
        Assert.Equal(["127.0.0.1:5080:8080"], Texts(Of("proxy", "ports")));
        Assert.Contains("listen 8080;", proxy, StringComparison.Ordinal);
    }

    [Fact]
    public void Prometheus_takes_what_the_silos_push()
    {
        Assert.Contains("--web.enable-otlp-receiver", Texts(Of("prometheus", "command")));
        Assert.All(Silos, s => Assert.Equal(
            ("http://prometheus:9090/api/v1/otlp/v1/metrics", "http/protobuf"),
            (Text(Of(s.Data, "environment")["OTEL_EXPORTER_OTLP_METRICS_ENDPOINT"]),
                Text(Of(s.Data, "environment")["OTEL_EXPORTER_OTLP_PROTOCOL"]))));
    }

    [Fact]
    public void Every_file_that_is_mounted_is_there() => Assert.All(
        ((YamlMappingNode)Root["services"]).Children.Values.OfType<YamlMappingNode>().Where(s => s.Children.ContainsKey("volumes"))
            .SelectMany(s => Texts(s["volumes"])).Where(v => v.StartsWith("./", StringComparison.Ordinal)),
        volume => Assert.True(Path.Exists(Path.Combine(SharedData.Root(), volume[2..].Split(':')[0])), volume));

    [Theory]
    [MemberData(nameof(Silos))]
    public void A_silo_keeps_the_images_data_and_lets_nothing_else_be_written(string silo)
    {
        Assert.Equal([$"{silo}-data:{Dockerfile.Of("VOLUME")}"], Texts(Of(silo, "volumes")));
        Assert.Equal(("true", "unless-stopped"), (Text(Of(silo, "read_only")), Text(Of(silo, "restart"))));
    }

    [Theory]
    [MemberData(nameof(Silos))]
    public async Task What_it_sets_is_read_by_the_service_and_its_address_is_its_own(string silo)
    {
        var (_, help, _) = await ClvProcess.RunAsync("serve", "--help");
        var words = Spaces().Replace(help, " ");
        var environment = (YamlMappingNode)Of(silo, "environment");
        var options = environment.Children.ToDictionary(o => Text(o.Key), o => Text(o.Value));
        Assert.All(
            options.Keys.Where(o => o.StartsWith("CLV_", StringComparison.Ordinal) && o != "CLV_SILO_NAME"),
            name => Assert.Contains($"or {name})", words, StringComparison.Ordinal));
        Assert.Equal(silo, options["CLV_SILO_NAME"]);
        Assert.Empty(MistakesOf(options));
        Assert.Equal(Text(Of(silo, "networks")["clv"]["ipv4_address"]), Text(environment["CLV_SILO_ADDRESS"]));
        Assert.Contains("${CLV_OWNER_KEY:?", Text(environment["Access__OwnerKey"]), StringComparison.Ordinal);
        Assert.Contains("Password=${POSTGRES_PASSWORD}", Text(environment["CLV_POSTGRES"]), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Silos))]
    public void Both_silos_are_of_one_store_whose_write_key_must_be_given(string silo)
    {
        var config = ((YamlSequenceNode)Of(silo, "configs")).Single();
        Assert.Equal(("store", $"{Dockerfile.Of("VOLUME")}/{StoreFile.Name}"), (Text(config["source"]), Text(config["target"])));
        var content = Text(Root["configs"]["store"]["content"]);
        Assert.Contains("${CLV_WRITE_KEY:?", content, StringComparison.Ordinal);
        var file = StoreFileReader.Read(
            Variables().Replace(content, v => v.Groups["rest"].Value is ['-', .. var usual] ? usual : "wk_given"));
        Assert.Equal(("USD", "wk_given"), (file.ToSettings().Currency.Code, file.WriteKeys.Keys.Single()));
    }

    [Theory]
    [MemberData(nameof(Silos))]
    public void It_waits_longer_for_the_end_than_the_drain_and_the_host_need(string silo)
    {
        var (grace, drain) = (Text(Of(silo, "stop_grace_period")), Text(Of(silo, "environment")["Http__Drain"]));
        Assert.EndsWith("s", grace, StringComparison.Ordinal);
        Assert.True(
            TimeSpan.FromSeconds(int.Parse(grace[..^1], CultureInfo.InvariantCulture))
                > new HostOptions().ShutdownTimeout + TimeSpan.Parse(drain, CultureInfo.InvariantCulture));
    }

    private static YamlMappingNode Read()
    {
        using var reader = File.OpenText(Path.Combine(SharedData.Root(), "docker-compose.yml"));
        var yaml = new YamlStream();
        yaml.Load(reader);
        return (YamlMappingNode)yaml.Documents[0].RootNode;
    }

    // What all silos have in common is merged into each.
    private static YamlNode Of(string service, string key)
    {
        var own = (YamlMappingNode)Root["services"][service];
        return own.Children.TryGetValue(key, out var value) ? value : own["<<"][key];
    }

    private static IReadOnlyList<string> MistakesOf(Dictionary<string, string> options)
    {
        var services = new ServiceCollection();
        Configured.Add(services);
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(
                options.Select(o => KeyValuePair.Create(
                    o.Key.Replace("__", ":", StringComparison.Ordinal), (string?)Variables().Replace(o.Value, new string('k', 64)))));
        return Configured.FindMistakes(services, configuration.Build());
    }

    private static IEnumerable<string> Texts(YamlNode list) => ((YamlSequenceNode)list).Select(Text);

    private static string Text(YamlNode node) => ((YamlScalarNode)node).Value!;

    [GeneratedRegex(@"\$\{[A-Z_]+:(?<rest>[-?][^}]*)\}")]
    private static partial Regex Variables();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
