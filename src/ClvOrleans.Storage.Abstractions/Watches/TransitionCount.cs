using ClvOrleans.Valuation.Watches;

namespace ClvOrleans.Storage.Watches;

/// <summary>How often a watch noticed something.</summary>
/// <param name="Subject">The watch.</param>
/// <param name="Kind">What it noticed.</param>
/// <param name="Transitions">How often.</param>
public sealed record TransitionCount(WatchSubject Subject, TransitionKind Kind, long Transitions)
{
    /// <summary>The counts of some transitions, by subject and kind.</summary>
    public static IReadOnlyList<TransitionCount> Of(IEnumerable<Transition> transitions) =>
    [
        .. transitions.CountBy(t => (t.Subject, t.Kind)).OrderBy(c => c.Key.Subject).ThenBy(c => c.Key.Kind)
            .Select(c => new TransitionCount(c.Key.Subject, c.Key.Kind, c.Value)),
    ];
}
