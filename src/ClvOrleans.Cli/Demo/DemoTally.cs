using System.Globalization;
using ClvOrleans.Simulation;

namespace ClvOrleans.Cli.Demo;

/// <summary>Counts the live traffic.</summary>
internal sealed class DemoTally(DateTimeOffset position)
{
    private SimulatedEvent? _latest;
    private int _events;
    private int _orders;
    private string _last = "";

    /// <summary>The store has every event up to this moment. May be asked from another thread.</summary>
    public DateTimeOffset Position => Volatile.Read(ref _latest)?.At ?? position;

    /// <summary>Counts an event; what there is to say now.</summary>
    public string Count(SimulatedEvent e, DateTimeOffset now)
    {
        _events++;
        if (e.Name == "Order Completed")
        {
            _orders++;
            _last = $"; {e.UserId} has just ordered";
        }

        Volatile.Write(ref _latest, e);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{now:yyyy-MM-dd HH:mm} in the store: {Many(_events, "live event")}, {Many(_orders, "order")}{_last}");
    }

    private static string Many(int count, string word) =>
        string.Create(CultureInfo.InvariantCulture, $"{count:N0} {word}{(count == 1 ? "" : "s")}");
}
