using ClvOrleans.Server.Imports;
using Microsoft.AspNetCore.Mvc;

namespace ClvOrleans.Server.Api;

/// <summary>The query of an import: the options of <c>clv import</c>, and how to answer.</summary>
internal sealed class ImportQuery
{
    /// <inheritdoc cref="ImportOptions.Format" />
    [FromQuery(Name = "format")]
    public string? Format { get; init; }

    /// <inheritdoc cref="ImportOptions.Map" />
    [FromQuery(Name = "map")]
    public string? Map { get; init; }

    /// <inheritdoc cref="ImportOptions.Currency" />
    [FromQuery(Name = "currency")]
    public string? Currency { get; init; }

    /// <inheritdoc cref="ImportOptions.Dates" />
    [FromQuery(Name = "dates")]
    public string? Dates { get; init; }

    /// <inheritdoc cref="ImportOptions.Decimal" />
    [FromQuery(Name = "decimal")]
    public string? Decimal { get; init; }

    /// <inheritdoc cref="ImportOptions.Delimiter" />
    [FromQuery(Name = "delimiter")]
    public string? Delimiter { get; init; }

    /// <inheritdoc cref="ImportOptions.Encoding" />
    [FromQuery(Name = "encoding")]
    public string? Encoding { get; init; }

    /// <inheritdoc cref="ImportOptions.Status" />
    [FromQuery(Name = "status")]
    public string? Status { get; init; }

    /// <inheritdoc cref="ImportOptions.Totals" />
    [FromQuery(Name = "totals")]
    public string? Totals { get; init; }

    /// <summary>Whether to show what is understood and record nothing.</summary>
    [FromQuery(Name = "dryRun")]
    public bool? DryRun { get; init; }

    /// <summary>Whether to answer every refused line.</summary>
    [FromQuery(Name = "refusals")]
    public bool? Refusals { get; init; }

    /// <summary>The name under which the import is listed while it runs.</summary>
    [FromQuery(Name = "name")]
    public string? Name { get; init; }

    /// <summary>What is said of the file.</summary>
    public ImportOptions ToOptions() => new()
    {
        Format = Format,
        Map = Map,
        Currency = Currency,
        Dates = Dates,
        Decimal = Decimal,
        Delimiter = Delimiter,
        Encoding = Encoding,
        Status = Status,
        Totals = Totals,
    };
}
