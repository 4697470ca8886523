using System.Globalization;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Server.Http;
using ClvOrleans.Storage.Watches;
using ClvOrleans.Valuation.Watches;

namespace ClvOrleans.Server.Api;

/// <summary>A place in a list of transitions, as opaque text.</summary>
internal static class TransitionCursor
{
    public static string Of(Transition last, ShardCount shards) => string.Create(
        CultureInfo.InvariantCulture,
        $"{last.At.ToUnixTimeMilliseconds()}-{last.Customer.ShardIn(shards)}-{last.Commit}-{last.Index}");

    /// <exception cref="QueryException">It is none.</exception>
    public static TransitionPosition? Read(string? text, ShardCount shards)
    {
        if (text is null)
        {
            return null;
        }

        var numbers = text.Split('-').Select(p => long.TryParse(p, NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : -1)
            .ToArray();
        return numbers is [>= 0 and <= 253_402_300_799_999, >= 0, >= 0, >= 0 and <= int.MaxValue] && numbers[1] < shards.Value
            ? new TransitionPosition(DateTimeOffset.FromUnixTimeMilliseconds(numbers[0]), (int)numbers[1], numbers[2], (int)numbers[3])
            : throw new QueryException("cursor", "it is not one that this service gave");
    }
}
