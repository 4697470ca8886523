using System.Globalization;
using Microsoft.Extensions.Hosting;
using YamlDotNet.RepresentationModel;

namespace ClvOrleans.Cli.Tests.Deploy;

/// <summary>docker-compose.yml against the image and the service that it names.</summary>
public sealed class ComposeTests
{
    private static readonly YamlMappingNode Service = Read();
    private static readonly Dockerfile Dockerfile = Dockerfile.Read(Path.Combine(SharedData.Root(), Text(Service["build"]["dockerfile"])));

    [Fact]
    public void It_publishes_the_images_port_on_this_machine_only()
    {
        var port = Dockerfile.Of("EXPOSE");
        Assert.Equal([$"127.0.0.1:{port}:{port}"], Texts("ports"));
    }

    [Fact]
    public void It_keeps_the_images_data_and_lets_nothing_else_be_written()
    {
        Assert.Equal([$"clv-data:{Dockerfile.Of("VOLUME")}"], Texts("volumes"));
        Assert.Equal(("true", "unless-stopped"), (Text(Service["read_only"]), Text(Service["restart"])));
    }

    [Fact]
    public async Task What_it_sets_is_read_by_the_service_and_a_write_key_must_be_given()
    {
        var (_, help, _) = await ClvProcess.RunAsync("serve", "--help");
        foreach (var (name, value) in (YamlMappingNode)Service["environment"])
        {
            Assert.Contains($"or {Text(name)})", help, StringComparison.Ordinal);
            Assert.StartsWith($"${{{Text(name)}:{(Text(name) == "CLV_WRITE_KEY" ? '?' : '-')}", Text(value), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void It_waits_longer_for_the_end_than_the_host_needs()
    {
        var grace = Text(Service["stop_grace_period"]);
        Assert.EndsWith("s", grace, StringComparison.Ordinal);
        Assert.True(TimeSpan.FromSeconds(int.Parse(grace[..^1], CultureInfo.InvariantCulture)) > new HostOptions().ShutdownTimeout);
    }

    private static YamlMappingNode Read()
    {
        using var reader = File.OpenText(Path.Combine(SharedData.Root(), "docker-compose.yml"));
        var yaml = new YamlStream();
        yaml.Load(reader);
        return (YamlMappingNode)Assert.Single((YamlMappingNode)yaml.Documents[0].RootNode["services"]).Value;
    }

    private static IEnumerable<string> Texts(string key) => ((YamlSequenceNode)Service[key]).Select(Text);

    private static string Text(YamlNode node) => ((YamlScalarNode)node).Value!;
}
