namespace ClvOrleans.Intake.Tests.Doors;

/// <summary>Values as shops, databases, spreadsheets and broken scripts write them, each with the one verdict that it deserves.</summary>
internal static class OddValues
{
    // Which is the decimal sign, or the day, one value alone does not say.
    private static readonly string[] AmountsOfColumns =
        ["12,50", "1,234.50", "1.234,50", "1 234.50", "1'234.50", "1.234.567", "1,234,567", "$5", "5 €", "EUR 5", "(5)", "5-"];

    private static readonly string[] TimesOfColumns =
        ["03/04/2025", "13/04/2025", "04/13/2025 2:05 PM", "4/3/25 10:00", "03-04-2025", "4/3/2025, 10:00:00 AM", "45750", "45750.41667"];

    public static IReadOnlyList<OddValue> All { get; } =
    [
        .. Ids(OrderField.Order, "missing_order_id", "invalid_order_id", "placeholder_order_id"),
        .. Ids(OrderField.Customer, "missing_user_id", "invalid_id", "placeholder_user_id"),
        .. Persons(), .. Amounts(), .. Quantities(), .. Times(), .. Currencies(),
    ];

    private static IEnumerable<OddValue> Ids(OrderField field, string missing, string invalid, string placeholder) =>
    [
        .. new (string Text, string Verdict)[]
        {
            ("", missing),
            ("42", "42"), ("042", "042"), ("42.0", "42.0"), ("-7", "-7"), ("1E5", "1E5"), ("12e45", "12e45"), ("4a-B", "4a-B"),
            (" padded ", "padded"), ("\u00a0nbsp\u00a0", "nbsp"), ("a b", "a b"), ("a,b", "a,b"), ("a;b", "a;b"), ("a\"b", "a\"b"),
            ("a\nb", "a\nb"),
            ("#1001", "#1001"), ("../..", placeholder), ("x/../y", "x/../y"), ("%2F", "%2F"), ("<b>", "<b>"), ("'; --", placeholder),
            ("=1+1", "=1+1"), ("Zoë", "Zoë"), ("李", "李"), ("😍", "😍"), ("مرحبا", "مرحبا"), ("5123456789012345678", "5123456789012345678"),
            ("f47ac10b-58cc-4372-a567-0e02b2c3d479", "f47ac10b-58cc-4372-a567-0e02b2c3d479"), ("gid://shop/Order/1", "gid://shop/Order/1"),
            ("a\0b", invalid), ("\ud800x", invalid), ("x\uFFFD", invalid), (new string('u', 255), new string('u', 255)),
            (new string('u', 256), invalid),
            ("7.0123E+12", "rounded_id"), ("7,0123E+12", "rounded_id"), ("7.0123e+12", "rounded_id"), ("7.0123E12", "rounded_id"),
            ("1E+15", "rounded_id"),
            ("undefined", placeholder), ("NULL", placeholder), ("(null)", placeholder), ("None", placeholder), ("NaN", placeholder),
            ("N/A", placeholder),
            ("#N/A", placeholder), ("#REF!", placeholder), ("\\N", placeholder), ("[object Object]", placeholder), ("guest", placeholder),
            ("-", placeholder),
            ("\"\"", placeholder), ("-1", placeholder), ("00000000-0000-0000-0000-000000000000", placeholder), ("true", placeholder),
            ("test@test.com", placeholder),
        }.Select(v => new OddValue(field, v.Text, v.Verdict)),
    ];

    private static IEnumerable<OddValue> Persons() =>
    [
        .. new (string Text, string Verdict)[]
        {
            ("anna@example.com", "anna@example.com"), ("Anna@Example.COM", "anna@example.com"), ("  ANNA@EXAMPLE.COM ", "anna@example.com"),
            ("anna+sale@example.com", "anna+sale@example.com"), ("Anna@localhost", "Anna@localhost"), ("@Anna", "@Anna"), ("Anna", "Anna"),
            ("0", "placeholder_user_id"),
        }.Select(v => new OddValue(OrderField.Customer, v.Text, v.Verdict)),
    ];

    private static IEnumerable<OddValue> Amounts() =>
    [
        .. new (string Text, string Verdict)[]
        {
            ("", "missing_order_value"), ("12.50", "1250"), ("12.5", "1250"), ("0", "0"), ("0.00", "0"), (".5", "50"), ("5.", "500"),
            ("+22.50", "2250"), (" 22.50 ", "2250"),
            ("007", "700"), ("0.125", "13"), ("0.30000000000000004", "30"), ("0.12500000000000000000000000000000000000000000000001", "13"),
            ("2.25e1", "2250"), ("1e-300", "0"), ("1000000000", "100000000000"), ("999999999.999", "100000000000"),
            ("1000000000.01", "invalid_money"),
            ("1000000000001", "invalid_money"), ("1e308", "invalid_money"), ("99999999999999999999999999999999", "invalid_money"),
            ("-0", "0"), ("-1", "invalid_money"),
            ("-0.001", "invalid_money"), ("NaN", "invalid_money"), ("Infinity", "invalid_money"), ("ten", "invalid_money"),
            ("1.2.3", "invalid_money"),
            ("--1", "invalid_money"), ("0x10", "invalid_money"), ("12.50.", "invalid_money"), ("1_000", "invalid_money"),
            ("null", "invalid_money"), ("true", "invalid_money"), ("١٢", "invalid_money"), ("１２", "invalid_money"), ("%", "invalid_money"),
        }.Select(v => new OddValue(OrderField.Amount, v.Text, v.Verdict)),
        .. AmountsOfColumns.Select(text => new OddValue(OrderField.Amount, text, "invalid_money", ColumnDecides: true)),
    ];

    private static IEnumerable<OddValue> Quantities() =>
    [
        .. new (string Text, string Verdict)[]
        {
            ("", "1"), ("1", "1"), ("0", "0"), ("3.0", "3"), ("0.5", "1"), ("2.25", "3"), (" 7 ", "7"), ("1e3", "1000"),
            ("1000000", "1000000"),
            ("1000001", "left out: invalid_quantity"), ("-1", "left out: invalid_quantity"), ("two", "left out: invalid_quantity"),
            ("NaN", "left out: invalid_quantity"), ("1e30", "left out: invalid_quantity"), ("2 kg", "left out: invalid_quantity"),
            ("1/2", "left out: invalid_quantity"),
        }.Select(v => new OddValue(OrderField.Quantity, v.Text, v.Verdict)),
    ];

    // The store is in New York: without an offset, a time is of its clocks, and a day is its noon there.
    private static IEnumerable<OddValue> Times() =>
    [
        .. new (string Text, string Verdict)[]
        {
            ("", "invalid_time"),
            ("2025-04-03T10:00:00Z", "2025-04-03T10:00:00Z"), ("2025-04-03t10:00:00z", "2025-04-03T10:00:00Z"),
            ("2025-04-03T10:00Z", "2025-04-03T10:00:00Z"),
            ("2025-04-03 10:00:00+00", "2025-04-03T10:00:00Z"), ("2025-04-03 10:00:00.123456+02", "2025-04-03T08:00:00.123Z"),
            ("2025-04-03 10:00:00.123456+00:00", "2025-04-03T10:00:00.123Z"), ("2025-04-03 10:00:00.123 UTC", "2025-04-03T10:00:00.123Z"),
            ("2025-04-03 10:00:00 UTC", "2025-04-03T10:00:00Z"), ("2025-04-03 10:00:00 GMT", "2025-04-03T10:00:00Z"),
            ("2025-04-03 10:00:00.000 -0700", "2025-04-03T17:00:00Z"), ("2025-04-03T10:00:00.123456789Z", "2025-04-03T10:00:00.123Z"),
            ("2025-04-03T10:00:00,5Z", "2025-04-03T10:00:00.5Z"), ("2025-04-03T10:00:00+0200", "2025-04-03T08:00:00Z"),
            ("2025-04-03T10:00:00.1234567+02:00", "2025-04-03T08:00:00.123Z"), ("2025-04-03 10:00:00 +0200", "2025-04-03T08:00:00Z"),
            ("2025-04-03T10:00:00+05:45", "2025-04-03T04:15:00Z"), ("2025-04-03 10:00:00+05:53:28", "2025-04-03T04:06:32Z"),
            ("2025-04-03 10:00:00.123456789 +0000 UTC", "2025-04-03T10:00:00.123Z"),
            ("2025-04-03T10:00:00+02:00[Europe/Berlin]", "2025-04-03T08:00:00Z"),
            ("20250403T100000Z", "2025-04-03T10:00:00Z"), ("Thu, 03 Apr 2025 10:00:00 GMT", "2025-04-03T10:00:00Z"),
            ("Thu, 3 Apr 2025 10:00:00 +0200", "2025-04-03T08:00:00Z"),
            ("Thu Apr 03 2025 10:00:00 GMT+0200 (Central European Summer Time)", "2025-04-03T08:00:00Z"),
            ("2025-04-03", "2025-04-03T16:00:00Z"), ("2025-01-03", "2025-01-03T17:00:00Z"), ("20250403", "2025-04-03T16:00:00Z"),
            ("2025/4/3", "2025-04-03T16:00:00Z"), ("03.04.2025", "2025-04-03T16:00:00Z"), ("3 April 2025", "2025-04-03T16:00:00Z"),
            ("3-Apr-2025", "2025-04-03T16:00:00Z"), ("Apr 3, 2025", "2025-04-03T16:00:00Z"),
            ("2025-04-03T10:00:00", "2025-04-03T14:00:00Z"), ("2025-04-03 10:00", "2025-04-03T14:00:00Z"),
            ("2025-04-03 00:30", "2025-04-03T04:30:00Z"),
            ("2025/04/03 10:00", "2025-04-03T14:00:00Z"), ("03.04.2025 10:00", "2025-04-03T14:00:00Z"),
            ("Apr 3 2025 10:00", "2025-04-03T14:00:00Z"),
            ("2025-04-03 2:05 PM", "2025-04-03T18:05:00Z"), ("2025-04-03 12:00 am", "2025-04-03T04:00:00Z"),
            ("2025-04-03 24:00:00", "2025-04-04T04:00:00Z"),
            ("2016-12-31T23:59:60Z", "2016-12-31T23:59:59Z"), ("2024-02-29T00:00:00Z", "2024-02-29T00:00:00Z"),
            ("1743674400", "2025-04-03T10:00:00Z"), ("1743674400.5", "2025-04-03T10:00:00.5Z"),
            ("1743674400123", "2025-04-03T10:00:00.123Z"),
            ("1743674400123456", "2025-04-03T10:00:00.123Z"), ("1743674400123456789", "2025-04-03T10:00:00.123Z"),
            ("1990-01-01T00:00:00Z", "1990-01-01T00:00:00Z"), ("1989-12-31T23:59:59Z", "invalid_time"), ("1970-01-01", "invalid_time"),
            ("0001-01-01", "invalid_time"),
            ("0000-00-00 00:00:00", "invalid_time"), ("9999-12-31T23:59:59-05:00", "invalid_time"), ("9999-12-31", "time_in_future"),
            ("2026-11-24T12:00:01Z", "time_in_future"), ("2026-11-24T12:00:00Z", "2026-11-23T12:00:00Z"),
            ("2026-11-23", "2026-11-23T12:00:00Z"),
            ("2025-02-30", "invalid_time"), ("2025-13-01", "invalid_time"), ("2025-04-03 25:00", "invalid_time"),
            ("2025-04-03 10:60", "invalid_time"),
            ("2025-04-03 13:00 PM", "invalid_time"), ("2025-04-03T10:00:00+25:00", "invalid_time"), ("2025-04", "invalid_time"),
            ("10:00", "invalid_time"), ("0", "invalid_time"), ("-1743674400", "invalid_time"), ("1e300", "invalid_time"),
            ("now", "invalid_time"), ("Invalid Date", "invalid_time"), ("NaT", "invalid_time"), ("null", "invalid_time"),
            ("+010000-01-01T00:00:00Z", "invalid_time"),
        }.Select(
            v => new OddValue(OrderField.Time, v.Text, v.Verdict, ColumnDecides: v.Text.StartsWith("45750", StringComparison.Ordinal))),
        .. TimesOfColumns.Select(text => new OddValue(OrderField.Time, text, "invalid_time", ColumnDecides: true)),
    ];

    private static IEnumerable<OddValue> Currencies() =>
    [
        .. new (string Text, string Verdict)[]
        {
            ("", "1000"), ("USD", "1000"), ("usd", "1000"), (" eur ", "1100"), ("JPY", "7"), ("GBP", "no_rate"),
            ("XXX", "unknown_currency"), ("BTC", "unknown_currency"),
            ("840", "unknown_currency"), ("US", "unknown_currency"), ("US$", "unknown_currency"), ("€", "unknown_currency"),
            ("null", "unknown_currency"),
        }.Select(v => new OddValue(OrderField.Currency, v.Text, v.Verdict)),
    ];
}
