using System.Collections.Immutable;
using System.Net.Mime;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace ClvOrleans.Server.Deliveries;

/// <summary>
/// The addresses of links in e-mails. Scanners follow every link, so GET changes nothing; one POST with
/// <c>List-Unsubscribe=One-Click</c>, which mailbox providers send (RFC 8058), unsubscribes without a cookie or a redirect.
/// </summary>
internal static class PreferenceEndpoints
{
    private const int MostForm = 16 * 1024;

    public static void MapPreferences(this WebApplication app)
    {
        app.MapGet("/unsubscribe/{token}", (string token, LinkTokens links) =>
            links.Read(token) is { } link ? Html(PreferencePage.Confirm(link)) : Invalid()).ExcludeFromDescription();
        app.MapPost("/unsubscribe/{token}", UnsubscribeAsync).ExcludeFromDescription();
        app.MapGet("/preferences/{token}", async (string token, LinkTokens links, Preferences preferences) =>
            links.Read(token) is { } link ? Html(PreferencePage.Choices(await preferences.ReadAsync(link), isSaved: false)) : Invalid())
            .ExcludeFromDescription();
        app.MapPost("/preferences/{token}", ChooseAsync).ExcludeFromDescription();
    }

    private static async Task<IResult> UnsubscribeAsync(string token, HttpRequest request, LinkTokens links, Preferences preferences)
    {
        if (links.Read(token) is not { } link)
        {
            return Invalid();
        }

        var form = await ReadFormAsync(request);
        if (form.GetValueOrDefault("List-Unsubscribe") != "One-Click")
        {
            return Html(PreferencePage.Say("Unsubscribe", "The form is not whole; open the link again."), StatusCodes.Status400BadRequest);
        }

        await preferences.UnsubscribeAsync(link);
        return Html(PreferencePage.Say("Unsubscribe", "You are unsubscribed."));
    }

    private static async Task<IResult> ChooseAsync(string token, HttpRequest request, LinkTokens links, Preferences preferences)
    {
        if (links.Read(token) is not { } link)
        {
            return Invalid();
        }

        var form = await ReadFormAsync(request);
        var wanted = form.GetValueOrDefault("wanted").OfType<string>().ToHashSet(StringComparer.Ordinal);
        var offered = await preferences.ReadAsync(link);
        await preferences.ChooseAsync(link, offered.Keys.ToImmutableSortedDictionary(p => p, wanted.Contains, StringComparer.Ordinal));
        return Html(PreferencePage.Choices(await preferences.ReadAsync(link), isSaved: true));
    }

    // Mailbox providers send either form of a form.
    private static async Task<IReadOnlyDictionary<string, StringValues>> ReadFormAsync(HttpRequest request)
    {
        if (request.HasFormContentType)
        {
            return (await request.ReadFormAsync(
                new FormOptions { BufferBodyLengthLimit = MostForm, MultipartBodyLengthLimit = MostForm },
                request.HttpContext.RequestAborted)).ToDictionary(f => f.Key, f => f.Value, StringComparer.Ordinal);
        }

        using var reader = new FormReader(request.Body) { ValueLengthLimit = MostForm };
        return await reader.ReadFormAsync(request.HttpContext.RequestAborted);
    }

    private static IResult Html(string page, int status = StatusCodes.Status200OK) =>
        Results.Content(page, MediaTypeNames.Text.Html, statusCode: status);

    private static IResult Invalid() =>
        Html(PreferencePage.Say("Link", "The link is not whole; open it again from the e-mail."), StatusCodes.Status404NotFound);
}
