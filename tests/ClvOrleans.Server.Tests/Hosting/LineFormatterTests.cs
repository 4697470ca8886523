using ClvOrleans.Server.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace ClvOrleans.Server.Tests.Hosting;

public sealed class LineFormatterTests
{
    [Theory]
    [InlineData(1002, "2026-06-15T12:00:00.000Z fail StorageWatch[1002]: Not ready: it is gone.")]
    [InlineData(0, "2026-06-15T12:00:00.000Z fail StorageWatch: Not ready: it is gone.")]
    public void A_line_names_time_level_author_and_id(int id, string line)
    {
        var formatter = new LineFormatter(new FakeTimeProvider(new DateTimeOffset(2026, 6, 15, 12, 0, 0, TimeSpan.Zero)));
        using var written = new StringWriter();
        formatter.Write(
            new LogEntry<string>(
                LogLevel.Error, "ClvOrleans.Server.Hosting.StorageWatch", id, "Not ready:\nit is gone.", null, (s, _) => s), null, written);
        Assert.Equal(line + Environment.NewLine, written.ToString());
    }
}
