using System.Net.Http.Json;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace ClvOrleans.Cli.Tests.Deploy;

/// <summary>The image, by what its Dockerfile says; there need be no Docker.</summary>
public sealed class DockerfileTests(Image image) : IClassFixture<Image>
{
    [Fact]
    public void Its_port_and_its_folder_are_those_that_the_service_is_told()
    {
        var (port, volume) = (image.Dockerfile.Of("EXPOSE"), image.Dockerfile.Of("VOLUME"));
        Assert.Equal($"http://0.0.0.0:{port}", image.Dockerfile.Environment["CLV_URLS"]);
        Assert.Equal($"http://127.0.0.1:{port}", image.Dockerfile.HealthCheck[^1]);
        Assert.Equal(volume, image.Dockerfile.Environment["CLV_DATA_DIR"]);
        Assert.Equal("$APP_UID", image.Dockerfile.Of("USER"));
    }

    [Fact]
    public void LightGBM_loads_with_the_OpenMP_that_the_image_brings()
    {
        // A library that is loaded is the one that others of that name get.
        NativeLibrary.Load(Path.Combine(image.Libraries, "libgomp.so.1"));
        var boosting = NativeLibrary.Load(Path.Combine(image.App, "runtimes", "linux-x64", "native", "lib_lightgbm.so"));
        Assert.True(NativeLibrary.TryGetExport(boosting, "LGBM_BoosterCreate", out _));
    }

    [Fact]
    public async Task It_serves_where_it_may_write_only_its_volume_ends_when_told_and_goes_on_where_it_was()
    {
        var volume = Container.NewVolume();
        using (var first = Container.Run(image, volume, "wk_own"))
        {
            Assert.False(await first.IsHealthyAsync());
            await first.UntilHealthyAsync();
            using var http = new HttpClient { BaseAddress = first.Address };
            var order = new
            {
                writeKey = "wk_own",
                userId = "anna",
                @event = "Order Completed",
                properties = new { order_id = "1", revenue = 25 },
            };
            using var reply = await http.PostAsJsonAsync("v1/track", order);
            Assert.Equal(1, (await reply.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("accepted").GetInt32());
            first.Terminate();
            Assert.Equal((0, ""), await first.EndAsync());
        }

        using var second = Container.Run(image, volume, "wk_own");
        await second.UntilHealthyAsync();
        using var again = OwnerKey.Client(second.Address, volume);
        var value = await again.GetFromJsonAsync<JsonElement>("api/v1/customers/anna/clv");
        Assert.Equal(25m, value.GetProperty("historic").GetProperty("net").GetDecimal());
    }

    [Fact]
    public async Task A_request_that_is_under_way_when_it_is_told_to_end_is_answered()
    {
        using var container = Container.Run(image, Container.NewVolume(), "wk_own");
        await container.UntilHealthyAsync();
        using var client = new TcpClient();
        await client.ConnectAsync(container.Address.Host, container.Address.Port);
        var stream = client.GetStream();
        var body = """{"writeKey":"wk_own","anonymousId":"a1"}""";
        await stream.WriteAsync(
            Encoding.ASCII.GetBytes(
                $"POST /v1/page HTTP/1.1\r\nHost: shop\r\nContent-Length: {body.Length}\r\nExpect: 100-continue\r\n\r\n"));
        using var reader = new StreamReader(stream);

        // Said when the service begins to read the body: from here on it is under way.
        Assert.Equal(("HTTP/1.1 100 Continue", ""), (await reader.ReadLineAsync(), await reader.ReadLineAsync()));
        await stream.WriteAsync(Encoding.ASCII.GetBytes(body[..10]));
        container.Terminate();

        // Longer than the command line's parser would wait of its own.
        Assert.False(container.EndsWithin(TimeSpan.FromSeconds(3)));
        await stream.WriteAsync(Encoding.ASCII.GetBytes(body[10..]));
        Assert.Equal("HTTP/1.1 200 OK", await reader.ReadLineAsync());
        Assert.Equal((0, ""), await container.EndAsync());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("wk_local")]
    public async Task Without_a_write_key_of_its_own_it_says_so_and_a_later_key_counts(string? writeKey)
    {
        var volume = Container.NewVolume();
        using (var refused = Container.Run(image, volume, writeKey))
        {
            var (status, error) = await refused.EndAsync();
            Assert.Equal(1, status);
            Assert.Contains("CLV_WRITE_KEY", error, StringComparison.Ordinal);
        }

        using var served = Container.Run(image, volume, "wk_own");
        await served.UntilHealthyAsync();
    }

    [Fact]
    public async Task Another_key_than_the_store_has_is_not_left_unsaid()
    {
        var volume = Container.NewVolume();
        using (var first = Container.Run(image, volume, "wk_own"))
        {
            await first.UntilHealthyAsync();
            first.Terminate();
            await first.EndAsync();
        }

        using var second = Container.Run(image, volume, "wk_other");
        var (status, error) = await second.EndAsync();
        Assert.Equal(1, status);
        Assert.Contains("writeKeys", error, StringComparison.Ordinal);
    }
}
