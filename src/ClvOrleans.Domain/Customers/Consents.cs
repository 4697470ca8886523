using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace ClvOrleans.Domain.Customers;

/// <summary>
/// What a customer consents to. A purpose is a channel of marketing (<c>email</c>, <c>sms</c>, <c>push</c>, ...), one topic on it
/// (<c>email/news</c>), all <c>marketing</c>, or a use of data such as <c>profiling</c>. A purpose that was never spoken of is missing,
/// which is not the same as refused: a general word may speak for it.
/// </summary>
public static partial class Consents
{
    /// <summary>Stands for every channel that the customer has not spoken of.</summary>
    public const string Marketing = "marketing";

    /// <summary>Channel of e-mail.</summary>
    public const string Email = "email";

    /// <summary>The longest name of a purpose, in characters.</summary>
    public const int Longest = 100;

    /// <summary>No consents.</summary>
    public static ImmutableSortedDictionary<string, Consent> None { get; } =
        ImmutableSortedDictionary.Create<string, Consent>(StringComparer.Ordinal);

    /// <summary>Whether a text can name a purpose: a-z, 0-9, '_' and '-', a letter first; a topic follows its channel after '/'.</summary>
    public static bool IsPurpose(string? name) => name is { Length: <= Longest } && Purpose().IsMatch(name);

    /// <summary>The purpose of a topic on a channel.</summary>
    public static string Of(string channel, string? topic) => topic is null ? channel : $"{channel}/{topic}";

    /// <summary>
    /// Whether marketing may be sent by a channel. A refusal of the channel, of the topic on it, or of all marketing always holds;
    /// otherwise the channel, or where nothing was said of it, marketing as a whole, must have been granted.
    /// </summary>
    /// <param name="consents">The customer's consents, by purpose.</param>
    /// <param name="channel">The channel.</param>
    /// <param name="topic">The topic on it; null for none.</param>
    public static bool Allow(this IReadOnlyDictionary<string, Consent> consents, string channel, string? topic = null)
    {
        var (general, own) = (consents.GetValueOrDefault(Marketing), consents.GetValueOrDefault(channel));
        var refused = general is { IsGranted: false } || own is { IsGranted: false }
            || (topic is not null && consents.GetValueOrDefault(Of(channel, topic)) is { IsGranted: false });
        return !refused && (own ?? general) is not null;
    }

    [GeneratedRegex("^[a-z][a-z0-9_-]{0,39}(/[a-z][a-z0-9_-]{0,58})?\\z")]
    private static partial Regex Purpose();
}
