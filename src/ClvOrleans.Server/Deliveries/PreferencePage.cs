using System.Net;
using System.Text;
using ClvOrleans.Domain.Customers;

namespace ClvOrleans.Server.Deliveries;

/// <summary>Pages that links of e-mails lead to. They work without scripts, and nothing changes before a button is pressed.</summary>
internal static class PreferencePage
{
    /// <summary>Asks whether to unsubscribe.</summary>
    public static string Confirm(LinkToken link) => Page(
        "Unsubscribe",
        $"<p>Do you want no more of <b>{Encode(NameOf(Consents.Of(link.Channel, link.Topic)))}</b>?</p>"
        + "<form method=\"post\"><input type=\"hidden\" name=\"List-Unsubscribe\" value=\"One-Click\"><button>Unsubscribe</button></form>");

    /// <summary>Shows what may be sent.</summary>
    public static string Choices(IReadOnlyDictionary<string, bool> wanted, bool isSaved)
    {
        var page = new StringBuilder(isSaved ? "<p role=\"status\">Your choice is saved.</p>" : "").Append("<form method=\"post\">");
        foreach (var (purpose, isWanted) in wanted)
        {
            page.Append("<p><label><input type=\"checkbox\" name=\"wanted\" value=\"").Append(Encode(purpose))
                .Append(isWanted ? "\" checked> " : "\"> ")
                .Append(Encode(NameOf(purpose))).Append("</label></p>");
        }

        return Page("Preferences", page.Append("<button>Save</button></form>").ToString());
    }

    /// <summary>Says something.</summary>
    public static string Say(string title, string sentence) => Page(title, $"<p>{Encode(sentence)}</p>");

    private static string NameOf(string purpose) =>
        purpose.Contains('/', StringComparison.Ordinal) ? $"{purpose.Split('/')[1]} ({purpose.Split('/')[0]})" : $"everything by {purpose}";

    private static string Page(string title, string body) =>
        $"<!DOCTYPE html><html lang=\"en\"><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">"
        + $"<meta name=\"robots\" content=\"noindex\"><title>{title}</title>"
        + $"<link rel=\"stylesheet\" href=\"/preferences.css\"><h1>{title}</h1>{body}</html>";

    private static string Encode(string text) => WebUtility.HtmlEncode(text);
}
