using System.Globalization;
using System.Text.Json;
using ClvOrleans.Policies;
using ClvOrleans.Policies.Experiments;

namespace ClvOrleans.Server.Api.Replies;

/// <summary>What holds for all policies.</summary>
/// <param name="IsStopped">The kill switch: nothing is done while it is true.</param>
/// <param name="ChannelCaps">How often all policies together reach a customer on a channel, on a day of the customer's calendar.</param>
/// <param name="ControlShare">The share of customers that no policy acts for, 0 to .5.</param>
/// <param name="ControlDays">After how many days they are drawn anew, 28 to 3,650.</param>
/// <param name="Revision">Counts the changes.</param>
internal sealed record PolicyTermsReply(
    bool IsStopped, IReadOnlyDictionary<string, int> ChannelCaps, double ControlShare, int ControlDays, long Revision = 0)
{
    public static PolicyTermsReply Of(PolicyTerms terms) => new(
        terms.IsStopped, terms.ChannelCaps.ToDictionary(c => c.Key.Name(), c => c.Value), terms.Control.Share,
        terms.Control.RenewedEveryDays, terms.Revision);

    /// <summary>Reads the body of a change. <exception cref="FormatException">It cannot be used; the message names the
    /// field.</exception></summary>
    public static PolicyTerms Read(string body)
    {
        var root = JsonElement.Parse(body);
        if (root.ValueKind != JsonValueKind.Object)
        {
            throw new FormatException("An object such as { \"isStopped\": true } was expected.");
        }

        var (terms, control) = (PolicyTerms.Default, PolicyTerms.Default.Control);
        foreach (var member in root.EnumerateObject())
        {
            (terms, control) = member.Name switch
            {
                "isStopped" when member.Value.ValueKind is JsonValueKind.True or JsonValueKind.False =>
                    (terms with { IsStopped = member.Value.GetBoolean() }, control),
                "isStopped" => throw new FormatException("isStopped: true or false was expected."),
                "channelCaps" => (terms with { ChannelCaps = terms.ChannelCaps.SetItems(CapsOf(member.Value)) }, control),
                "controlShare" => (terms, control with { Share = Number(member, 0, .5) }),
                "controlDays" => (terms, control with { RenewedEveryDays = (int)Number(member, 28, 3_650) }),
                "revision" => (terms, control),
                _ => throw new FormatException($"{member.Name} is unknown; there are isStopped, channelCaps, controlShare, controlDays."),
            };
        }

        return terms with { Control = control };
    }

    private static IEnumerable<KeyValuePair<ActionChannel, int>> CapsOf(JsonElement caps)
    {
        if (caps.ValueKind != JsonValueKind.Object)
        {
            throw new FormatException("channelCaps: an object such as { \"email\": 1 } was expected.");
        }

        foreach (var cap in caps.EnumerateObject())
        {
            var channel = Enum.GetValues<ActionChannel>().Where(c => c.Name() == cap.Name).Cast<ActionChannel?>().FirstOrDefault()
                ?? throw new FormatException($"channelCaps.{cap.Name}: there are webhook, email, audience and slot.");
            yield return KeyValuePair.Create(channel, (int)Number(cap, 0, 1_000));
        }
    }

    private static double Number(JsonProperty member, double least, double most) =>
        member.Value.ValueKind == JsonValueKind.Number && member.Value.TryGetDouble(out var number) && number >= least && number <= most
            && (most <= 1 || number == Math.Floor(number))
            ? number
            : throw new FormatException(string.Create(
                CultureInfo.InvariantCulture,
                $"{member.Name}: a {(most <= 1 ? "" : "whole ")}number from {least} to {most} was expected."));
}
