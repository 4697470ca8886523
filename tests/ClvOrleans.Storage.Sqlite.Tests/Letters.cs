using System.Text;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Storage.DeadLetters;

namespace ClvOrleans.Storage.Sqlite.Tests;

/// <summary>Refused events for tests.</summary>
internal static class Letters
{
    public static readonly StoreId Store = new("shop");

    public static DeadLetter Of(string? message, string source = "web", string code = "missing_user_id", int bytes = 2, StoreId? store = null) => new(
        0, store ?? Store, source, DateTimeOffset.UnixEpoch.AddYears(56), message, code, "userId: is missing.", Encoding.ASCII.GetBytes(new string('x', bytes)));

    public static DeadLetter[] Many(int count, string source = "web", int bytes = 2) =>
        [.. Enumerable.Range(0, count).Select(i => Of($"{source}-{i:D6}", source, bytes: bytes))];
}
