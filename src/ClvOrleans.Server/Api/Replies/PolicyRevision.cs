using System.Text.Json;
using ClvOrleans.Policies;

namespace ClvOrleans.Server.Api.Replies;

/// <summary>A definition that a policy had.</summary>
/// <param name="Revision">Its number.</param>
/// <param name="At">When it was defined.</param>
/// <param name="IsRemoved">Whether the policy was removed then.</param>
/// <param name="Definition">The definition.</param>
internal sealed record PolicyRevision(long Revision, DateTimeOffset At, bool IsRemoved, JsonElement Definition)
{
    public static PolicyRevision Of(PolicyRecord record) =>
        new(record.Revision, record.At, record.IsRemoved, JsonElement.Parse(record.Definition));
}
