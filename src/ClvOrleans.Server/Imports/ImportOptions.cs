namespace ClvOrleans.Server.Imports;

/// <summary>What is said of a file beside it, as text; null for what the file tells by itself.</summary>
internal sealed record ImportOptions
{
    /// <summary>The format's name.</summary>
    public string? Format { get; init; }

    /// <summary>
    /// The file's columns by the format's: <c>total=Amount,customer_id=Client</c>; <c>status=</c> for a column that is not to be read.
    /// </summary>
    public string? Map { get; init; }

    /// <summary>Currency of amounts that name none.</summary>
    public string? Currency { get; init; }

    /// <summary>Order of day and month: <c>dmy</c>, <c>mdy</c> or <c>ymd</c>.</summary>
    public string? Dates { get; init; }

    /// <summary>Decimal sign: <c>point</c> or <c>comma</c>.</summary>
    public string? Decimal { get; init; }

    /// <summary>What stands between fields: <c>comma</c>, <c>semicolon</c>, <c>tab</c>, <c>pipe</c>, or one character.</summary>
    public string? Delimiter { get; init; }

    /// <summary>The text's encoding: <c>utf-8</c>, <c>windows-1252</c>, <c>gb18030</c> …</summary>
    public string? Encoding { get; init; }

    /// <summary>What statuses mean: <c>packing=paid,parked=unpaid</c>.</summary>
    public string? Status { get; init; }

    /// <summary>Whose totals an order's lines have: <c>order</c> or <c>line</c>.</summary>
    public string? Totals { get; init; }

    /// <summary>All that are said, by name.</summary>
    public IEnumerable<KeyValuePair<string, string>> Said() =>
        new (string Name, string? Value)[]
        {
            ("format", Format), ("map", Map), ("currency", Currency), ("dates", Dates), ("decimal", Decimal), ("delimiter", Delimiter),
            ("encoding", Encoding), ("status", Status), ("totals", Totals),
        }
        .Where(o => o.Value is not null).Select(o => KeyValuePair.Create(o.Name, o.Value!));
}
