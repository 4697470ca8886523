using ClvOrleans.Grains.Customers;
using ClvOrleans.Server.Sources;

namespace ClvOrleans.Server.Imports;

/// <summary>What an import goes by.</summary>
/// <param name="Router">Takes its events to their customers.</param>
/// <param name="Sources">Counts them for their source.</param>
/// <param name="Time">The clock.</param>
internal sealed record ImportRoute(EventRouter Router, SourceLedger Sources, TimeProvider Time);
