using System.Net;

namespace ClvOrleans.Server.Hosting;

/// <summary>What the command line says about the process.</summary>
/// <param name="DataFolder">Folder of the embedded store. Default <c>./clv-data</c>.</param>
/// <param name="Urls">Addresses to listen on. Default <c>http://127.0.0.1:5080</c>.</param>
/// <param name="Currency">Currency of a new store.</param>
/// <param name="WriteKey">Write key of a new store.</param>
/// <param name="Relaxed">Whether a commit returns before the disk has it: the end of the process loses nothing, a power cut may.</param>
/// <param name="Clock">The clock of the store. Default the system's.</param>
/// <param name="Postgres">Connection string of PostgreSQL; null for the embedded store.</param>
/// <param name="SiloAddress">Address by which other silos over the same PostgreSQL reach this one. Default that of the loopback.</param>
/// <param name="Settings">Options beside those of the environment, which they go before, such as <c>Jobs__AtOnce</c>.</param>
internal sealed record ProcessOptions(
    string DataFolder, string Urls, string? Currency = null, string? WriteKey = null, bool Relaxed = false, TimeProvider? Clock = null,
    string? Postgres = null, IPAddress? SiloAddress = null, IReadOnlyDictionary<string, string?>? Settings = null);
