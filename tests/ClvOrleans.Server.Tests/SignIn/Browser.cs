using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace ClvOrleans.Server.Tests.SignIn;

/// <summary>What a browser does of signing in by a provider: cookies and redirects, one step at a time.</summary>
internal sealed class Browser : IDisposable
{
    private readonly HttpClient _http;
    private readonly Uri _service;

    /// <summary>A browser that knows nobody.</summary>
    /// <param name="service">The address that it sees of the service.</param>
    public Browser(Uri service)
    {
        _service = service;
        _http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = Cookies });
    }

    public CookieContainer Cookies { get; } = new();

    /// <summary>The cookie of the session; null where there is none.</summary>
    public Cookie? Session => Cookies.GetAllCookies().FirstOrDefault(c => c.Name == $"clv-session-{_service.Port}");

    /// <summary>Opens an address of the service, at the silo that a load balancer takes.</summary>
    public Task<HttpResponseMessage> OpenAsync(string path, Uri? silo = null) => SendAsync(HttpMethod.Get, path, silo);

    /// <summary>Sends what a page of the service does.</summary>
    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, Uri? silo = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(silo ?? _service, path));
        request.Headers.Host = _service.Authority;
        request.Headers.Add("Origin", _service.GetLeftPart(UriPartial.Authority));
        return await _http.SendAsync(request);
    }

    /// <summary>What the service says under a path.</summary>
    public async Task<(int Status, JsonElement Body)> ReadAsync(string path, Uri? silo = null)
    {
        using var reply = await OpenAsync(path, silo);
        return ((int)reply.StatusCode, await reply.Content.ReadFromJsonAsync<JsonElement>());
    }

    /// <summary>Signs in at the provider; the address at the service to which that sends back, with its answer.</summary>
    public async Task<Uri> AskProviderAsync(string person, string query = "", Uri? silo = null)
    {
        using var start = await OpenAsync("/sign-in/start" + query, silo);
        var next = start.Headers.Location!;
        while (next.Authority != _service.Authority)
        {
            using var reply = await _http.GetAsync(next);
            if (reply.StatusCode == HttpStatusCode.OK)
            {
                using var form = new FormUrlEncodedContent([KeyValuePair.Create("person", person)]);
                using var posted = await _http.PostAsync(next, form);
                next = new Uri(next, posted.Headers.Location!);
            }
            else
            {
                next = new Uri(next, reply.Headers.Location!);
            }
        }

        return next;
    }

    /// <summary>Signs in; where the service sends to then.</summary>
    public async Task<string> SignInAsync(string person, string query = "") => await AnswerAsync(await AskProviderAsync(person, query));

    /// <summary>Brings the provider's answer to the service; where that sends to then.</summary>
    public async Task<string> AnswerAsync(Uri answer, Uri? silo = null)
    {
        using var reply = await OpenAsync(answer.PathAndQuery, silo);
        Assert.Equal(HttpStatusCode.Redirect, reply.StatusCode);
        return reply.Headers.Location!.ToString();
    }

    public void Dispose() => _http.Dispose();
}
