using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using ClvOrleans.Grains.Telemetry;

namespace ClvOrleans.Tests;

/// <summary>What is measured from now on by some of the process's telemetries.</summary>
internal sealed class Measured : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly ConcurrentQueue<(string Instrument, double Value, object? Tag)> _all = new();

    public Measured(params ClvTelemetry[] telemetries)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (telemetries.Any(t => t.Meter == instrument.Meter))
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.Start();
    }

    /// <summary>Values of an instrument, each with the value of its only attribute.</summary>
    public IEnumerable<(object? Tag, double Value)> Of(string instrument) =>
        _all.Where(m => m.Instrument == instrument).Select(m => (m.Tag, m.Value));

    /// <summary>Asks the gauges now.</summary>
    public void Observe() => _listener.RecordObservableInstruments();

    public void Dispose() => _listener.Dispose();

    private void Add(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        _all.Enqueue((instrument.Name, value, tags.Length == 0 ? null : tags[0].Value));
}
