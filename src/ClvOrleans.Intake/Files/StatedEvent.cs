using System.Globalization;
using System.IO.Hashing;
using System.Text.Json;
using ClvOrleans.Domain;
using ClvOrleans.Domain.Events;

namespace ClvOrleans.Intake.Files;

/// <summary>
/// Names an event that states how an order is now by all that it states: the same export again says nothing new, and a later one that says
/// something else is another event.
/// </summary>
internal static class StatedEvent
{
    public static CustomerEvent Of(string key, CustomerEvent e, OrderStatement statement)
    {
        var said = e with { MessageId = "", Statement = statement with { ImportedAt = default } };
        var hash = XxHash128.HashToUInt128(JsonSerializer.SerializeToUtf8Bytes(said, DomainJson.Default.CustomerEvent));
        return e with { MessageId = string.Create(CultureInfo.InvariantCulture, $"{key}:{hash:x32}"), Statement = statement };
    }
}
