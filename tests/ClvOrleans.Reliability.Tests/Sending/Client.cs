using System.IO.Compression;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace ClvOrleans.Reliability.Tests.Sending;

/// <summary>A client of one service: the owner of its folder where one is given, else anybody.</summary>
internal sealed class Client(Uri address, TimeSpan? patience = null, string? folder = null) : IDisposable
{
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    private readonly HttpClient _http = new(folder is null ? new SocketsHttpHandler() : new OwnerKey(folder))
    {
        BaseAddress = address,
        Timeout = patience ?? TimeSpan.FromMinutes(5),
    };

    /// <summary>Whether an exception means that no answer came.</summary>
    public static bool IsLost(Exception e) => e is HttpRequestException or IOException or TaskCanceledException;

    /// <summary>Events in one batch.</summary>
    public Task<Answer> SendAsync(params IEnumerable<object> events) =>
        SendTextAsync("[" + string.Join(',', events.Select(e => e as string ?? JsonSerializer.Serialize(e, Web))) + "]");

    /// <summary>Events in one batch that must be acknowledged.</summary>
    public async Task<Answer> AcknowledgedAsync(params IEnumerable<object> events)
    {
        var answer = await SendAsync(events);
        Assert.True(answer.Status == 200, answer.ToString());
        return answer;
    }

    /// <summary>A batch given as the JSON of its array.</summary>
    public Task<Answer> SendTextAsync(string batch, bool zipped = false)
    {
        var body = Encoding.UTF8.GetBytes($$"""{"writeKey":"{{Running.Service.WriteKey}}","batch":{{batch}}}""");
        return PostAsync("v1/batch", zipped ? Zip(body) : body);
    }

    public async Task<Answer> PostAsync(string path, byte[] body, string? writeKey = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(body) };
        if (writeKey is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue(
                "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(writeKey + ":")));
        }

        return await AnswerAsync(request);
    }

    public async Task<Answer> GetAsync(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        return await AnswerAsync(request);
    }

    /// <summary>What a customer has brought.</summary>
    public async Task<Historic> HistoricAsync(string customer) =>
        Historic.Of(await GetAsync($"api/v1/customers/{Uri.EscapeDataString(customer)}/clv"));

    /// <summary>The report, when it holds all that was acknowledged before now.</summary>
    public async Task<JsonElement> ReportAsync()
    {
        var now = DateTimeOffset.UtcNow;
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (true)
        {
            var answer = await GetAsync("api/v1/segments");
            Assert.True(answer.Status == 200, answer.ToString());
            if (answer.Json.GetProperty("age").GetProperty("at").GetDateTimeOffset() > now)
            {
                return answer.Json;
            }

            await Task.Delay(100, limit.Token);
        }
    }

    public void Dispose() => _http.Dispose();

    public static byte[] Zip(ReadOnlySpan<byte> bytes)
    {
        using var zipped = new MemoryStream();
        using (var zip = new GZipStream(zipped, CompressionLevel.Fastest))
        {
            zip.Write(bytes);
        }

        return zipped.ToArray();
    }

    private async Task<Answer> AnswerAsync(HttpRequestMessage request)
    {
        using var response = await _http.SendAsync(request);
        return new Answer(
            (int)response.StatusCode, await response.Content.ReadAsStringAsync(), response.Headers.RetryAfter?.Delta?.TotalSeconds);
    }
}
