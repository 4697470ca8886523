using ClvOrleans.Intake.Files;
using ClvOrleans.Intake.Rules;
using ClvOrleans.Intake.Tracking;

namespace ClvOrleans.Intake.Tests.Mutations;

/// <summary>Puts bytes through a reader, and says what is wrong with what it did. Only the documented exceptions are right.</summary>
internal static class Ordeal
{
    /// <summary>A body of the tracking API; null where nothing is wrong.</summary>
    public static string? OfBody(byte[] bytes)
    {
        ReceivedBatch batch;
        try
        {
            batch = ReceivedBatch.Read(bytes, bytes.Length % 2 == 0 ? null : "track");
        }
        catch (UnreadableBodyException)
        {
            return null;
        }

        foreach (var e in batch.Events)
        {
            try
            {
                EventReader.Read(e, batch, Data.Context.Store, "web", Data.Context.Now, () => "made");
            }
            catch (RefusedException)
            {
                batch.Standalone(e, EventReader.KnownAs(e, () => "made"));
            }
        }

        return null;
    }

    /// <summary>A file: each of its lines is in one row, but for blank ones and those before the first row.</summary>
    public static string? OfFile(IHistoryReader reader, byte[] bytes)
    {
        var covered = new HashSet<long>();
        try
        {
            using var file = HistoryFile.Read(new MemoryStream(bytes), bytes.Length);
            foreach (var line in reader.Read(file.Lines, Data.Context).SelectMany(r => r.Lines))
            {
                if (!covered.Add(line))
                {
                    return $"line {line} is in two rows";
                }
            }
        }
        catch (HistoryFormatException)
        {
            return null;
        }

        using var again = HistoryFile.Read(new MemoryStream(bytes), bytes.Length);
        var first = covered.Count == 0 ? long.MaxValue : covered.Min();
        while (again.Lines.TryRead(out var line))
        {
            if (!covered.Remove(line.Number) && !line.IsBlank && line.Number > first)
            {
                return $"line {line.Number} is in no row";
            }
        }

        return covered.Count == 0 ? null : $"line {covered.Min()} is in a row, and not in the file";
    }
}
