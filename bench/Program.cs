System.Console.Error.WriteLine("bench"); 
