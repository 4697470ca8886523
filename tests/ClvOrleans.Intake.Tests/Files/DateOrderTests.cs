using System.Globalization;
using ClvOrleans.Intake.Files;
using ClvOrleans.Intake.Rules;
using Xunit;

namespace ClvOrleans.Intake.Tests.Files;

/// <summary>02/03/2024 is 2 March in one half of the world and 3 February in the other: the file tells, or its owner.</summary>
public sealed class DateOrderTests
{
    private const string Header = "customer_id,order_id,timestamp,total\n";

    [Theory]
    [InlineData("02/03/2024 13/01/2024", "2024-03-02 2024-01-13")]
    [InlineData("02/03/2024 01/13/2024", "2024-02-03 2024-01-13")]
    [InlineData("2-3-2024 13-1-2024", "2024-03-02 2024-01-13")]
    [InlineData("02/03/2024 14:05|13/01/2024 09:00:30", "2024-03-02 2024-01-13")]
    [InlineData("2/3/2024 2:05 PM|1/13/2024 9:00 AM", "2024-02-03 2024-01-13")]
    [InlineData("02.03.2024 13.01.2024", "2024-03-02 2024-01-13")]
    [InlineData("03/03/2024 04/04/2024", "2024-03-03 2024-04-04")]
    [InlineData("2024/03/02 2024-01-13 20240114", "2024-03-02 2024-01-13 2024-01-14")]
    public void The_first_date_that_can_be_read_in_one_order_only_tells_for_all(string dates, string days) =>
        Assert.Equal(days.Split(' '), Days(Data.Read("orders", Orders(dates))));

    [Fact]
    public void A_file_whose_dates_can_all_be_read_both_ways_is_refused_with_both_readings_and_the_option()
    {
        var message = Assert.Throws<HistoryFormatException>(() => Data.Read("orders", Orders("03/03/2024 02/03/2024"))).Message;
        Assert.All(
            ["timestamp", "'02/03/2024' in line 3", "2 March 2024", "3 February 2024", "--dates dmy", "--dates mdy"],
            text => Assert.Contains(text, message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(DateOrder.Dmy, "2024-03-02")]
    [InlineData(DateOrder.Mdy, "2024-02-03")]
    public void What_is_said_decides(DateOrder order, string day) =>
        Assert.Equal([day], Days(Data.Read("orders", Orders("02/03/2024"), Data.Context with { Dates = order })));

    [Theory]
    [InlineData("13/01/2024 01/13/2024", "has the month first")]
    [InlineData("01/13/2024 13/01/2024", "has the day first")]
    [InlineData("2024-01-13 02/03/2024", "does not begin with the year")]
    [InlineData("2024-01-13 31.02.2024", "dates are 2024-01-31, 31.01.2024, 31/01/2024 or 01/31/2024")]
    public void A_line_of_another_order_than_its_file_is_refused_and_told_why(string dates, string why)
    {
        var refusal = Data.Read("orders", Orders(dates)).Single(r => r.Refusal is not null).Refusal!;
        Assert.Equal((3L, "invalid_time"), (refusal.Line, refusal.Code));
        Assert.Contains(why, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Lines_that_waited_for_the_order_keep_their_numbers_and_their_products()
    {
        var dates = string.Join(' ', Enumerable.Repeat("02/03/2024", 5_000).Append("31/12/2023"));
        var rows = Data.Read("orders", Orders(dates));
        Assert.Equal(Enumerable.Range(2, 5_001).Select(i => (long)i), rows.SelectMany(r => r.Lines));
        Assert.All(Days(rows)[..^1], day => Assert.Equal("2024-03-02", day));
    }

    [Theory]
    [InlineData("12/1/2010 8:26", "2010-12-01")]
    [InlineData("01-12-2010 08:26|13-12-2010 08:26", "2010-12-01 2010-12-13")]
    public void Online_Retail_has_the_month_first_unless_its_dates_say_otherwise(string dates, string days)
    {
        const string Retail = "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n";
        var text = Retail + string.Join('\n', dates.Split('|').Select((date, i) => $"{i},A,x,3,{date},2,7,UK"));
        Assert.Equal(days.Split(' '), Days(Data.Read("online-retail", text)));
    }

    private static string Orders(string dates) =>
        Header + string.Join(
            '\n', dates.Split(dates.Contains('|', StringComparison.Ordinal) ? '|' : ' ').Select((date, i) => $"a,{i},{date},5"));

    private static string[] Days(IEnumerable<HistoryRow> rows) =>
        [.. rows.Where(r => r.Event is not null).Select(r => r.Event!.At.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture))];
}
