namespace ClvOrleans.Server.Pages;

/// <summary>A file of the pages, which is part of the executable.</summary>
internal static class PageFile
{
    /// <summary>What a browser may do with a page: load from this service only, run no script within it, be in no frame.</summary>
    public const string Policy =
        "default-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'self'; object-src 'none'; frame-ancestors 'none'";

    // The styles that the library of the page of the API writes without the number: its colours, and the messages that rise in it. A
    // version of the library with others fails a test, which says what they have to be.
    private const string StylesOfLibrary =
        "'sha256-T13Uev3xCax2N28XaoAE8DOzQZKvPp7ZQVAi1iRREjo=' 'sha256-l/2OpPg0d+2VLTLgwjf5mQo2CYwHDEqdj5TjbfEyVJI='";

    /// <summary>
    /// The same for the page of the API, whose script and styles within it are known by a number that is drawn for each answer.
    /// </summary>
    public static string PolicyOf(string nonce) =>
        Policy + $"; script-src 'self' 'nonce-{nonce}'; style-src 'self' 'nonce-{nonce}' {StylesOfLibrary}";

    /// <summary>Sends it, with the status that the answer has.</summary>
    public static async Task SendAsync(HttpContext context, string name)
    {
        var response = context.Response;
        response.ContentType = Path.GetExtension(name) switch
        {
            ".html" => "text/html; charset=utf-8",
            ".css" => "text/css; charset=utf-8",
            _ => "text/javascript; charset=utf-8",
        };
        response.Headers.ContentSecurityPolicy = Policy;
        await using var file = typeof(PageFile).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"There is no page file {name}.");
        response.ContentLength = file.Length;
        await file.CopyToAsync(response.Body, context.RequestAborted);
    }
}
