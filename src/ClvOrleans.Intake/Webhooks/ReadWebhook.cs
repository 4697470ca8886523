using ClvOrleans.Intake.Rules;
using ClvOrleans.Intake.Tracking;

namespace ClvOrleans.Intake.Webhooks;

/// <summary>What a call of a shop says.</summary>
/// <param name="Events">Its events, in the order in which they are to be recorded; none where it says nothing that counts.</param>
/// <param name="Notes">What else there is to say of it, such as why it does not count.</param>
/// <param name="Privacy">What it asks for on somebody's behalf.</param>
public sealed record ReadWebhook(IReadOnlyList<ReadEvent> Events, IReadOnlyList<EventNote> Notes, PrivacyDemand? Privacy = null)
{
    internal static ReadWebhook Of(EventNote note) => new([], [note]);
}
