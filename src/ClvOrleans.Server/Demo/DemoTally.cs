using System.Globalization;
using ClvOrleans.Training.Simulation;

namespace ClvOrleans.Server.Demo;

/// <summary>Counts the live traffic and keeps its position, every few seconds: events that are sent again after a crash are known.</summary>
internal sealed class DemoTally(TimeProvider time, Action<SimulatedEvent> keep)
{
    private static readonly TimeSpan KeepEvery = TimeSpan.FromSeconds(5);
    private long _kept = time.GetTimestamp();
    private int _events;
    private int _orders;
    private string _last = "";

    /// <summary>Counts an event; what there is to say now.</summary>
    public string Count(SimulatedEvent e)
    {
        _events++;
        if (e.Name == "Order Completed")
        {
            _orders++;
            _last = $"; {e.UserId} has just ordered";
        }

        if (time.GetElapsedTime(_kept) >= KeepEvery)
        {
            keep(e);
            _kept = time.GetTimestamp();
        }

        return string.Create(CultureInfo.InvariantCulture, $"{_events} live events, {_orders} orders{_last}");
    }
}
