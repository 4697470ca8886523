using System.Text.Json;
using ClvOrleans.Domain.Market;
using ClvOrleans.Server.Api;

namespace ClvOrleans.Cli.Commands;

/// <summary>
/// Reads a market calendar from a file: what <c>/api/v1/market</c> takes and gives, or an object that holds it as <c>market</c>, as
/// <c>clv simulate --truth</c> writes it.
/// </summary>
internal static class MarketFile
{
    /// <exception cref="CommandException">It is not there, or not a calendar; the message names the entry and its field.</exception>
    public static MarketCalendar Read(string path)
    {
        if (!File.Exists(path))
        {
            throw new CommandException($"There is no file {path}.");
        }

        return MarketBody.TryRead(EntriesOf(path), out var entries, out var problem)
            ? entries.Aggregate(MarketCalendar.Empty, (calendar, entry) => calendar.With(entry))
            : throw new CommandException($"{path}: {problem.Message}");
    }

    private static byte[] EntriesOf(string path)
    {
        var bytes = File.ReadAllBytes(path);
        try
        {
            using var document = JsonDocument.Parse(bytes);
            return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("market", out var market)
                ? JsonSerializer.SerializeToUtf8Bytes(market)
                : bytes;
        }
        catch (JsonException e)
        {
            throw new CommandException($"{path} is not JSON: {e.Message}");
        }
    }
}
