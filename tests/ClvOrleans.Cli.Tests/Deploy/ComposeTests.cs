using System.Globalization;
using System.Text.RegularExpressions;
using ClvOrleans.Server.Stores;
using Microsoft.Extensions.Hosting;
using YamlDotNet.RepresentationModel;

namespace ClvOrleans.Cli.Tests.Deploy;

/// <summary>docker-compose.yml against the image and the service that it names.</summary>
public sealed partial class ComposeTests
{
    private static readonly YamlMappingNode Root = Read();
    private static readonly Dockerfile Dockerfile = Dockerfile.Read(Path.Combine(SharedData.Root(), Text(Of("silo-1", "build")["dockerfile"])));

    public static TheoryData<string, string> Silos => new() { { "silo-1", "5080" }, { "silo-2", "5081" } };

    [Fact]
    public void It_starts_a_database_and_two_silos() =>
        Assert.Equal(["postgres", "silo-1", "silo-2"], ((YamlMappingNode)Root["services"]).Children.Keys.Select(Text));

    [Theory]
    [MemberData(nameof(Silos))]
    public void A_silo_publishes_the_images_port_on_this_machine_only(string silo, string port) =>
        Assert.Equal([$"127.0.0.1:{port}:{Dockerfile.Of("EXPOSE")}"], Texts(Of(silo, "ports")));

    [Theory]
    [MemberData(nameof(Silos))]
    public void A_silo_keeps_the_images_data_and_lets_nothing_else_be_written(string silo, string port)
    {
        Assert.Equal([$"{silo}-data:{Dockerfile.Of("VOLUME")}"], Texts(Of(silo, "volumes")));
        Assert.Equal(("true", "unless-stopped", port), (Text(Of(silo, "read_only")), Text(Of(silo, "restart")), port));
    }

    [Theory]
    [MemberData(nameof(Silos))]
    public async Task What_it_sets_is_read_by_the_service_and_its_address_is_its_own(string silo, string port)
    {
        Assert.StartsWith("508", port, StringComparison.Ordinal);
        var (_, help, _) = await ClvProcess.RunAsync("serve", "--help");
        var words = Spaces().Replace(help, " ");
        var environment = (YamlMappingNode)Of(silo, "environment");
        Assert.All(environment.Children.Keys, name => Assert.Contains($"or {Text(name)})", words, StringComparison.Ordinal));
        Assert.Equal(Text(Of(silo, "networks")["clv"]["ipv4_address"]), Text(environment["CLV_SILO_ADDRESS"]));
        Assert.Contains("Password=${POSTGRES_PASSWORD}", Text(environment["CLV_POSTGRES"]), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Silos))]
    public void Both_silos_are_of_one_store_whose_write_key_must_be_given(string silo, string port)
    {
        var config = ((YamlSequenceNode)Of(silo, "configs")).Single();
        Assert.Equal(("store", $"{Dockerfile.Of("VOLUME")}/{StoreFile.Name}", port), (Text(config["source"]), Text(config["target"]), port));
        var content = Text(Root["configs"]["store"]["content"]);
        Assert.Contains("${CLV_WRITE_KEY:?", content, StringComparison.Ordinal);
        var file = StoreFileReader.Read(Variables().Replace(content, v => v.Groups["rest"].Value is ['-', .. var usual] ? usual : "wk_given"));
        Assert.Equal(("USD", "wk_given"), (file.ToSettings().Currency.Code, file.WriteKeys.Keys.Single()));
    }

    [Theory]
    [MemberData(nameof(Silos))]
    public void It_waits_longer_for_the_end_than_the_host_needs(string silo, string port)
    {
        Assert.NotEmpty(port);
        var grace = Text(Of(silo, "stop_grace_period"));
        Assert.EndsWith("s", grace, StringComparison.Ordinal);
        Assert.True(TimeSpan.FromSeconds(int.Parse(grace[..^1], CultureInfo.InvariantCulture)) > new HostOptions().ShutdownTimeout);
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

    private static IEnumerable<string> Texts(YamlNode list) => ((YamlSequenceNode)list).Select(Text);

    private static string Text(YamlNode node) => ((YamlScalarNode)node).Value!;

    [GeneratedRegex(@"\$\{[A-Z_]+:(?<rest>[-?][^}]*)\}")]
    private static partial Regex Variables();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
