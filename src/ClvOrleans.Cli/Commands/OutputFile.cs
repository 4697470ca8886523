using System.CommandLine;

namespace ClvOrleans.Cli.Commands;

/// <summary>A file that a command is to write: whether it can is found out before the work, not after it.</summary>
internal static class OutputFile
{
    /// <summary>Opens the file as it will be opened, and leaves what is in it.</summary>
    /// <exception cref="CommandException">It cannot be written; the message names the option and the path.</exception>
    public static void Check(Option option, string? path)
    {
        if (path is null)
        {
            return;
        }

        if (Directory.Exists(path))
        {
            throw new CommandException($"{option.Name}: {path} is a folder.");
        }

        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder && !Directory.Exists(folder))
        {
            throw new CommandException($"{option.Name}: there is no folder {folder}.");
        }

        try
        {
            var isNew = !File.Exists(path);
            new FileStream(path, FileMode.OpenOrCreate, FileAccess.Write).Dispose();
            if (isNew)
            {
                File.Delete(path);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandException($"{option.Name}: {path} cannot be written: {e.Message}");
        }
    }
}
