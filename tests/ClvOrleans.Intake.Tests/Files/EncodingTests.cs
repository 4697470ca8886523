using System.Text;
using ClvOrleans.Intake.Files;

namespace ClvOrleans.Intake.Tests.Files;

/// <summary>The encoding of a file's text is told by its bytes, or has to be said.</summary>
public sealed class EncodingTests
{
    private const string Header = "customer_id,order_id,timestamp,total\n";

    [Theory]
    [InlineData("windows-1252", "Zoë")]
    [InlineData("windows-1252", "Müller,Søren,Françoise Noël")]
    [InlineData("windows-1252", "O’Neill – 12 €")]
    [InlineData("gb18030", "王小明,李雷和韩梅梅")]
    [InlineData("utf-8", "Zoë,北京,😀")]
    [InlineData("utf-16", "Zoë,北京")]
    [InlineData("utf-16BE", "Zoë,北京")]
    public void Ids_are_those_that_were_written(string encoding, string ids)
    {
        var text = Header + string.Concat(ids.Split(',').Select((id, i) => $"{id},{i + 1},2024-01-02,5\n"));
        var rows = Fold.Rows(FileEncodings.Find(encoding)!.GetBytes(text));
        Assert.Equal(ids.Split(','), rows.Select(r => r.Customer.Id));
    }

    [Theory]
    [InlineData("windows-1251", "Иванов")]
    [InlineData("windows-1250", "Paweł")]
    [InlineData("shift_jis", "田中さくら")]
    public void Bytes_that_do_not_tell_are_refused_with_readings_and_the_option(string encoding, string id)
    {
        var bytes = FileEncodings.Find(encoding)!.GetBytes(Header + $"{id},1,2024-01-02,5\n");
        var message = Assert.Throws<HistoryFormatException>(() => Fold.Rows(bytes)).Message;
        Assert.All(["windows-1252", "gb18030", "--encoding"], part => Assert.Contains(part, message, StringComparison.Ordinal));
        Assert.Equal(id, Assert.Single(Fold.Rows(bytes, encoding: FileEncodings.Find(encoding))).Customer.Id);
    }

    [Fact]
    public void What_decides_may_come_after_a_megabyte_of_plain_letters()
    {
        var lines = string.Concat(Enumerable.Range(1, 60_000).Select(i => $"customer{i},{i},2024-01-02,5\n"));
        var rows = Fold.Rows(FileEncodings.Find("windows-1252")!.GetBytes(Header + lines + "Zoë,x,2024-01-02,5\n"));
        Assert.Equal("Zoë", rows[^1].Customer.Id);
        Assert.Equal(60_001, rows.Count);
    }

    [Fact]
    public void A_mark_that_contradicts_what_was_said_is_told()
    {
        var bytes = Encoding.Unicode.GetPreamble().Concat(Encoding.Unicode.GetBytes(Header)).ToArray();
        Assert.Contains(
            "utf-16", Assert.Throws<HistoryFormatException>(() => Fold.Rows(bytes, encoding: Encoding.UTF8)).Message,
            StringComparison.Ordinal);
    }
}
