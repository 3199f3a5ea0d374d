System.Console.Error.WriteLine("director: not built yet"); return 1;
