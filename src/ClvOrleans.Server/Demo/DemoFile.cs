using System.Text.Json;
using System.Text.Json.Serialization;
using ClvOrleans.Server.Commands;
using ClvOrleans.Training.Simulation;

namespace ClvOrleans.Server.Demo;

/// <summary>What a demo's folder remembers, as <c>demo.json</c>: which store is simulated, and how far its events have come.</summary>
/// <param name="Customers">Customers of the history.</param>
/// <param name="Seed">Seed of all chance.</param>
/// <param name="Start">When the history starts.</param>
/// <param name="Position">The store has every event up to this moment of the simulation, and perhaps some of the later ones.</param>
internal sealed record DemoFile(int Customers, int Seed, DateTimeOffset Start, DateTimeOffset Position)
{
    private const string Name = "demo.json";

    /// <summary>The store that is simulated.</summary>
    public SimulatedStoreOptions ToOptions() => new() { Start = Start, Customers = Customers, Seed = Seed };

    /// <summary>Reads a folder's demo, or writes a new one with two years of history until now.</summary>
    /// <exception cref="InvalidOperationException">The folder holds a real store, or another demo than the one asked for.</exception>
    public static DemoFile ReadOrCreate(string folder, int? customers, int? seed, DateTimeOffset now)
    {
        var path = Path.Combine(folder, Name);
        if (!File.Exists(path))
        {
            if (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any())
            {
                throw new InvalidOperationException($"{folder} is not empty and holds no demo: the demo does not touch it. Name another folder with --data.");
            }

            var start = now.AddDays(-new SimulatedStoreOptions { Start = now }.Days);
            var made = new DemoFile(customers ?? SimulationOptions.DefaultCustomers, seed ?? SimulationOptions.DefaultSeed, start, start);
            made.Save(folder);
            return made;
        }

        DemoFile known;
        try
        {
            known = JsonSerializer.Deserialize(File.ReadAllText(path), DemoFileJson.Default.DemoFile) ?? throw new JsonException("it is empty");
        }
        catch (JsonException e)
        {
            throw new InvalidOperationException($"{path}: {e.Message}", e);
        }

        return (customers ?? known.Customers) == known.Customers && (seed ?? known.Seed) == known.Seed
            ? known
            : throw new InvalidOperationException(
                $"{folder} holds a demo with {known.Customers} customers and seed {known.Seed}: delete it, or name another folder with --data.");
    }

    /// <summary>Writes it in one step, so that an end at any moment leaves the old one or the new one.</summary>
    public void Save(string folder)
    {
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, Name);
        File.WriteAllText(path + ".new", JsonSerializer.Serialize(this, DemoFileJson.Default.DemoFile));
        File.Move(path + ".new", path, overwrite: true);
    }
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, WriteIndented = true)]
[JsonSerializable(typeof(DemoFile))]
internal sealed partial class DemoFileJson : JsonSerializerContext;
