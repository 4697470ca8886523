using System.Globalization;
using ClvOrleans.Domain.Currencies;
using ClvOrleans.Intake.Files;

namespace ClvOrleans.Intake.Tests.Files;

/// <summary>How a file writes amounts, dates and ids is told from whole columns, or asked; never line by line.</summary>
public sealed class ColumnFormTests
{
    [Theory]
    [InlineData(',', "\"1.250\",\"12,50\"", "1250 12.5")]
    [InlineData(',', "\"1,250\",12.50", "1250 12.5")]
    [InlineData(',', "\"1,234.50\",\"2,000\"", "1234.5 2000")]
    [InlineData(';', "1.250;1.300", "1250 1300")]
    [InlineData(';', "1,250;1,300", "1.25 1.3")]
    [InlineData(';', "12.50;1,250", "12.5 1250")]
    [InlineData('\t', "1 250,00\t1.250", "1250 1250")]
    [InlineData('|', "1'250.50|1'000", "1250.5 1000")]
    [InlineData(',', "0.335,1.250", "0.34 1.25")]
    [InlineData(',', "1250.125,1.250", "1250.13 1.25")]
    [InlineData(',', "$12.50,USD 3.10", "12.5 3.1")]
    [InlineData(',', "100,200", "100 200")]
    [InlineData(';', "1.234.567;12", "1234567 12")]
    public void The_amounts_of_a_file_have_one_decimal_sign(char delimiter, string totals, string values)
    {
        var parts = totals.Split(delimiter);
        if (delimiter == ',')
        {
            parts = [.. CsvLines.Read(new TextLines(new StringReader(totals))).Single().Fields.Select(f => $"\"{f}\"")];
        }

        var text = string.Join(delimiter, "customer_id", "order_id", "timestamp", "total") + "\n"
            + string.Concat(parts.Select((t, i) => string.Join(delimiter, "a", $"{i + 1}", "2024-01-02", t) + "\n"));
        Assert.Equal(
            values.Split(' '),
            Fold.Rows(text).Select(
                r => Data.Context.Store.Currency.ToMajor(r.Event!.Order!.Value!.Value).ToString("0.####", CultureInfo.InvariantCulture)));
    }

    [Theory]
    [InlineData("1.250", "1.25 with a decimal point and 1250 with a decimal comma")]
    [InlineData("\"1,250\"", "1250 with a decimal point and 1.25 with a decimal comma")]
    public void Amounts_that_can_all_be_read_both_ways_are_refused_with_both_readings_and_the_option(string total, string readings)
    {
        var text = $"customer_id,order_id,timestamp,total\na,1,2024-01-02,7\na,2,2024-01-02,{total}\n";
        var message = Assert.Throws<HistoryFormatException>(() => Fold.Rows(text)).Message;
        Assert.All(
            ["total", "line 3", readings, "--decimal point", "--decimal comma"],
            part => Assert.Contains(part, message, StringComparison.Ordinal));
        Assert.Equal(2, Fold.Rows(text, Data.Context with { DecimalSign = DecimalSign.Comma }).Count(r => r.Event is not null));
    }

    [Fact]
    public void What_tells_may_come_far_below_and_lines_keep_their_numbers()
    {
        const int Lines = 150_000;
        var text = "customer_id;order_id;timestamp;total\n"
            + string.Concat(Enumerable.Range(1, Lines).Select(i => $"a;{i};02/03/2024 10:00;1,250\n")) + "a;x;31/03/2024;1,5\n";
        var rows = Fold.Rows(text);
        Assert.Equal(Enumerable.Range(2, Lines + 1).Select(i => (long)i), rows.SelectMany(r => r.Lines));
        Assert.All(rows[..^1], r => Assert.Equal(new DateTime(2024, 3, 2), r.Event!.At.Date));
    }

    [Fact]
    public void An_amount_that_needs_a_sign_which_no_line_before_has_told_is_refused()
    {
        var text = "customer_id,order_id,timestamp,total\n" + string.Concat(Enumerable.Range(1, 1_200).Select(i => $"a,{i},2024-01-02,7\n"))
            + "a,x,2024-01-02,1.250\n";
        var refusal = Assert.Single(Fold.Rows(text), r => r.Refusal is not null).Refusal!;
        Assert.Contains("--decimal point", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("7012300000000000000 7012300000000000000", 2)]
    [InlineData("123456789012345000 123456789012346000", 2)]
    [InlineData("1234567890123450 1234567890123456", 0)]
    [InlineData("1234567890123450", 0)]
    [InlineData("7012312345678", 0)]
    [InlineData("7,01E+12", 1)]
    public void Ids_whose_last_digits_are_zero_are_refused_where_all_long_ones_of_the_column_are(string ids, int refused)
    {
        var lines = ids.Split(' ');
        var customers = "customer_id;order_id;timestamp;total\n" + string.Concat(lines.Select((id, i) => $"{id};{i + 1};2024-01-02;5\n"));
        var orders = "customer_id;order_id;timestamp;total\n" + string.Concat(lines.Select((id, i) => $"a{i};{id};2024-01-02;5\n"));
        Assert.All(
            [customers, orders],
            text => Assert.Equal(refused, Fold.Refusals(Fold.Rows(text)).Count(r => r.EndsWith(":rounded_id", StringComparison.Ordinal))));
    }

    [Theory]
    [InlineData("sep=;\r\ncustomer_id;order_id;timestamp;total\r\na;1;2024-01-02;5,50\r\n")]
    [InlineData("\"sep=|\"\ncustomer_id|order_id|timestamp|total\na|1|2024-01-02|5.50\n")]
    [InlineData("SEP=^\ncustomer_id^order_id^timestamp^total\na^1^2024-01-02^5.50\n")]
    public void The_line_that_tells_Excel_the_delimiter_is_passed_over(string text)
    {
        var row = Assert.Single(Fold.Rows(text));
        Assert.Equal((550, 3L), ((int)row.Event!.Order!.Value!.Value.Minor, row.Lines[0]));
    }

    [Fact]
    public void What_is_no_amount_tells_nothing()
    {
        var rows = Fold.Rows("customer_id;order_id;timestamp;total\na;1;2024-01-02;n.a.\na;2;2024-01-02;1.2.3\na;3;2024-01-02;1.250\n");
        Assert.Equal(["2:invalid_money", "3:invalid_money"], Fold.Refusals(rows));
        Assert.Equal(1_250m, Fold.Of("a", rows).Net);
    }

    [Fact]
    public void A_delimiter_that_was_said_holds() =>
        Assert.Single(Fold.Rows("customer_id~timestamp~total\na~2024-01-02~5\n", Data.Context with { Delimiter = '~' }));

    [Fact]
    public void Columns_that_were_not_read_are_listed_once()
    {
        var context = Data.Context with { Findings = new FileFindings() };
        Fold.Rows("customer_id,note,timestamp,total,Tags\na,x,2024-01-02,5,y\nb,x,2024-01-02,5,y\n", context);
        Assert.Equal(["note", "Tags"], context.Findings.NotRead);
        Assert.Equal("comma", context.Findings.Delimiter);
    }

    [Fact]
    public void An_amount_in_another_currency_than_its_line_is_refused()
    {
        var store = Data.Context.Store with { Currency = Currency.Of("EUR") };
        var rows = Fold.Rows(
            "customer_id,timestamp,total,currency\na,2024-01-02,€ 5.00,EUR\nb,2024-01-02,£5.00,EUR\n", Data.Context with { Store = store });
        Assert.Equal(["3:unknown_currency"], Fold.Refusals(rows));
    }
}
