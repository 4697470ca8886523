namespace ClvOrleans.Reliability.Tests.Jobs;

/// <summary>A file that is larger than the service takes.</summary>
public sealed class LargeImportTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)] // Its length is not known before.
    public async Task It_is_refused_with_413_and_no_job_begins(bool isChunked)
    {
        var options = new ServiceOptions { Environment = new Dictionary<string, string> { ["Imports__MostBytes"] = "1000000" } };
        await using var service = await Service.ServeAsync(Service.NewFolder(), options);
        using var http = OwnerKey.Client(service.Address, service.Folder);
        using var file = new ByteArrayContent(new byte[1_000_001]);
        using var request = new HttpRequestMessage(HttpMethod.Post, "api/v1/imports") { Content = file };
        request.Headers.TransferEncodingChunked = isChunked;
        using var answer = await http.SendAsync(request);

        var body = await answer.Content.ReadAsStringAsync();
        Assert.Equal(413, (int)answer.StatusCode);
        Assert.Contains("\"file_too_large\"", body, StringComparison.Ordinal);
        Assert.Contains(
            "The file is larger than 1000000 bytes: send it in parts, or packed as gzip, or raise Imports__MostBytes.", body,
            StringComparison.Ordinal);
        Assert.Empty((await service.Client.GetAsync("api/v1/jobs")).Json.GetProperty("jobs").EnumerateArray());
        Assert.Equal(0, await service.TerminateAsync());
    }
}
