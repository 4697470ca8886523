using System.Collections.Immutable;

namespace ClvOrleans.Policies.Definitions;

/// <summary>A definition of a policy that cannot be used.</summary>
/// <param name="mistakes">All that is wrong with it, at least one.</param>
public sealed class PolicyException(ImmutableArray<PolicyMistake> mistakes) : FormatException(string.Join('\n', mistakes))
{
    /// <summary>All that is wrong with it, in the order of the definition.</summary>
    public ImmutableArray<PolicyMistake> Mistakes => mistakes;
}
